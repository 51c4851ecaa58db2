import type { HTMLButtonAttributes } from 'svelte/elements';

/** What our components give to a button of one's own: spread `props` on it. */
export interface ButtonChild {
	/** Yours, with `type="submit"` and, while pending, `aria-busy`, `aria-disabled`, `data-pending`. */
	props: HTMLButtonAttributes;
	/** Whether it is under way, up to the moment the page is left. */
	pending: boolean;
}

/** Not `disabled`, which would take the focus away from who pressed the button. */
export const busyProps = (pending: boolean) =>
	pending ? ({ 'aria-busy': true, 'aria-disabled': true, 'data-pending': '' } as const) : {};
