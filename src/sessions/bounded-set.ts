/** A set of at most `size` strings that forgets the oldest. */
export interface BoundedSet {
	has(value: string): boolean;
	add(value: string): void;
}

export function createBoundedSet(size: number): BoundedSet {
	const values = new Set<string>();
	return {
		has: (value) => values.has(value),
		add(value) {
			values.delete(value);
			values.add(value);
			const [oldest] = values;
			if (values.size > size && oldest !== undefined) values.delete(oldest);
		}
	};
}
