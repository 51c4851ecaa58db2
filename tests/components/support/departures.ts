/** Watches the page being left, and holds it back so that the test can go on. */
import { onTestFinished } from 'vitest';

export interface Departure {
	to: string;
	kind: NavigationType;
	/** What a form posted natively. */
	form: [string, FormDataEntryValue][] | null;
}

export function watchDepartures(): Departure[] {
	const departures: Departure[] = [];
	const hold = (event: NavigateEvent) => {
		// Within the page; nothing is left.
		if (event.hashChange) return;
		event.preventDefault();
		departures.push({
			to: event.destination.url,
			kind: event.navigationType,
			form: event.formData && [...event.formData]
		});
	};
	navigation.addEventListener('navigate', hold);
	onTestFinished(() => navigation.removeEventListener('navigate', hold));
	return departures;
}

/** The page is shown again by Back, as the browser had kept it. */
export const comeBack = (persisted: boolean): boolean =>
	dispatchEvent(new PageTransitionEvent('pageshow', { persisted }));
