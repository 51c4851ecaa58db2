import { refreshAll } from '$app/navigation';
import { createRawSnippet } from 'svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import SignOutButton from '../../src/components/SignOutButton.svelte';
import { page } from '../unit/app/state.js';
import { comeBack, watchDepartures, type Departure } from './support/departures.js';
import OwnButton from './support/OwnButton.svelte';
import './support/reset.js';
import { endedElsewhere, json, later, serve, signedOut, storeDown } from './support/server.js';

const goodbye = new URL('/goodbye', location.href).href;

beforeEach(() => {
	vi.mocked(refreshAll).mockClear();
});

describe('without JavaScript', () => {
	/** Submits the form past every listener, as a browser without script does. */
	async function submitNatively(container: HTMLElement, departures: Departure[]) {
		container.querySelector('form')?.submit();
		await vi.waitFor(() => expect(departures).toHaveLength(1));
	}

	const signOutUrl = new URL('/auth/signout', location.href).href;

	test('posts to /auth/signout, with nothing but what was asked for', async () => {
		const departures = watchDepartures();
		const { container } = await render(SignOutButton);

		await submitNatively(container, departures);

		expect(departures).toMatchObject([{ to: signOutUrl, form: [] }]);
	});

	test('posts the target and the scope', async () => {
		const departures = watchDepartures();
		const { container } = await render(SignOutButton, { callbackUrl: '/bye', scope: 'all' });

		await submitNatively(container, departures);

		expect(departures).toMatchObject([
			{
				form: [
					['callbackUrl', '/bye'],
					['scope', 'all']
				]
			}
		]);
	});

	test.each([
		[{ scope: 'others' as const }, ['scope', 'others']],
		[{ sessionId: 'abc' }, ['sessionId', 'abc']]
	])('%o comes back to the page one is on', async (props, field) => {
		page.url = new URL('https://app.example/base/sessions?page=2#third');
		const departures = watchDepartures();
		const { container } = await render(SignOutButton, props);

		await submitNatively(container, departures);

		expect(departures).toMatchObject([{ form: [['callbackUrl', '/base/sessions?page=2'], field] }]);
	});

	test('comes back to the path of a page that is prerendered, where SvelteKit knows no query', async () => {
		page.url = {
			pathname: '/sessions',
			get search(): string {
				throw new Error('Cannot access url.search on a page with prerendering enabled');
			}
		};
		const departures = watchDepartures();
		const { container } = await render(SignOutButton, { scope: 'others' });

		await submitNatively(container, departures);

		expect(departures).toMatchObject([
			{
				form: [
					['callbackUrl', '/sessions'],
					['scope', 'others']
				]
			}
		]);
	});
});

describe('the button', () => {
	test('says "Sign out"', async () => {
		const screen = await render(SignOutButton);

		await expect.element(screen.getByRole('button')).toHaveAccessibleName('Sign out');
	});

	test('says what it is given', async () => {
		const children = createRawSnippet(() => ({ render: () => '<b>Leave</b>' }));
		const screen = await render(SignOutButton, { children });

		await expect.element(screen.getByRole('button')).toHaveAccessibleName('Leave');
	});

	test('gets the props that are not its own, and stays a submit button', async () => {
		const onclick = vi.fn();
		serve(json(endedElsewhere));
		const screen = await render(SignOutButton, {
			class: 'quiet',
			'data-testid': 'out',
			'aria-label': 'Sign out of everything',
			onclick
		});

		const button = screen.getByRole('button');
		await expect.element(button).toHaveClass('quiet');
		await expect.element(button).toHaveAttribute('data-testid', 'out');
		await expect.element(button).toHaveAttribute('type', 'submit');
		await expect.element(button).toHaveAccessibleName('Sign out of everything');
		await button.click();
		expect(onclick).toHaveBeenCalledOnce();
	});

	test('can be held back by a handler of its own, for a question before', async () => {
		const asked = serve(json(signedOut));
		const departures = watchDepartures();
		const screen = await render(SignOutButton, {
			onclick: (event: Event) => event.preventDefault()
		});

		await screen.getByRole('button').click();

		expect(asked).toEqual([]);
		expect(departures).toEqual([]);
	});

	test.each(['{Enter}', ' '])('signs out by keyboard: %j', async (key) => {
		const departures = watchDepartures();
		serve(json(signedOut));
		await render(SignOutButton);

		await userEvent.tab();
		await userEvent.keyboard(key);

		await vi.waitFor(() => expect(departures).toMatchObject([{ to: goodbye }]));
	});

	test('can be one of your own', async () => {
		const { answer, arrive } = later(endedElsewhere);
		const asked = serve(answer);
		const screen = await render(OwnButton);

		const button = screen.getByRole('button', { name: 'Leave now' });
		await expect.element(button).toHaveClass('own');
		await expect.element(button).toHaveAttribute('title', 'Bye');
		await button.click();

		const pending = screen.getByRole('button', { name: 'One moment' });
		await expect.element(pending).toHaveAttribute('aria-busy', 'true');
		expect(asked).toHaveLength(1);
		arrive();
		await expect.element(button).not.toHaveAttribute('aria-busy');
	});
});

describe('while it is under way', () => {
	test('shows it, keeps the focus, and asks only once however often it is pressed', async () => {
		const { answer, arrive } = later(endedElsewhere);
		const asked = serve(answer);
		const screen = await render(SignOutButton, { scope: 'others' });
		const button = screen.getByRole('button');

		await button.dblClick();
		await userEvent.keyboard('{Enter}');

		await expect.element(button).toHaveAttribute('aria-busy', 'true');
		await expect.element(button).toHaveAttribute('aria-disabled', 'true');
		await expect.element(button).toHaveAttribute('data-pending', '');
		await expect.element(button).toHaveFocus();
		expect(asked).toHaveLength(1);

		arrive();
		await expect.element(button).not.toHaveAttribute('data-pending');
		await expect.element(button).not.toHaveAttribute('aria-busy');
		await expect.element(button).not.toHaveAttribute('aria-disabled');
		await expect.element(button).toHaveFocus();
	});

	test('stays so until the next page is there', async () => {
		const departures = watchDepartures();
		const asked = serve(json(signedOut));
		const screen = await render(SignOutButton);

		await screen.getByRole('button').click();
		await vi.waitFor(() => expect(departures).toHaveLength(1));

		await expect.element(screen.getByRole('button')).toHaveAttribute('data-pending', '');
		await screen.getByRole('button').click({ force: true });
		expect(asked).toHaveLength(1);
	});
});

describe('once signed out', () => {
	test('asks with its options, and leaves', async () => {
		const departures = watchDepartures();
		const asked = serve(json(signedOut));
		const screen = await render(SignOutButton, { callbackUrl: '/goodbye', scope: 'all' });

		await screen.getByRole('button').click();

		await vi.waitFor(() => expect(departures).toMatchObject([{ to: goodbye }]));
		expect(asked).toMatchObject([{ body: { callbackUrl: '/goodbye', scope: 'all' } }]);
		expect(refreshAll).not.toHaveBeenCalled();
	});

	test('waits for onsignedout before it leaves', async () => {
		const departures = watchDepartures();
		serve(json(signedOut));
		const cleanup = Promise.withResolvers<undefined>();
		const onsignedout = vi.fn(() => cleanup.promise);
		const screen = await render(SignOutButton, { onsignedout });

		await screen.getByRole('button').click();
		await vi.waitFor(() => expect(onsignedout).toHaveBeenCalledWith(signedOut));
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(departures).toEqual([]);

		cleanup.resolve(undefined);
		await vi.waitFor(() => expect(departures).toMatchObject([{ to: goodbye }]));
	});

	test('leaves although onsignedout fails, and the failure is not hidden', async () => {
		const departures = watchDepartures();
		serve(json(signedOut));
		vi.spyOn(console, 'error').mockReturnValue();
		const unhandled = Promise.withResolvers<unknown>();
		addEventListener(
			'unhandledrejection',
			(event) => {
				event.preventDefault();
				event.stopImmediatePropagation();
				unhandled.resolve(event.reason);
			},
			{ once: true, capture: true }
		);
		const failure = new Error('analytics');
		const screen = await render(SignOutButton, { onsignedout: () => Promise.reject(failure) });

		await screen.getByRole('button').click();

		await vi.waitFor(() => expect(departures).toMatchObject([{ to: goodbye }]));
		await expect(unhandled.promise).resolves.toBe(failure);
	});

	test('stays without redirect, and refreshes the data', async () => {
		const departures = watchDepartures();
		serve(json(signedOut));
		const screen = await render(SignOutButton, { redirect: false });

		await screen.getByRole('button').click();

		await vi.waitFor(() => expect(refreshAll).toHaveBeenCalledOnce());
		await expect.element(screen.getByRole('button')).not.toHaveAttribute('data-pending');
		expect(departures).toEqual([]);
	});

	test('the page is loaded anew when Back shows it as the browser had kept it', async () => {
		const departures = watchDepartures();
		await render(SignOutButton);

		comeBack(false);
		expect(departures).toEqual([]);

		comeBack(true);
		expect(departures).toMatchObject([{ kind: 'reload' }]);
	});
});

describe('for sessions elsewhere', () => {
	test.each([
		[{ scope: 'others' as const }, { scope: 'others' }],
		[{ sessionId: 'abc' }, { sessionId: 'abc' }]
	])('%o stays, tells onsignedout, then refreshes the data', async (props, body) => {
		const departures = watchDepartures();
		const asked = serve(json(endedElsewhere));
		const onsignedout = vi.fn(() => {
			expect(refreshAll).not.toHaveBeenCalled();
		});
		const screen = await render(SignOutButton, { ...props, onsignedout });

		await screen.getByRole('button').click();

		await vi.waitFor(() => expect(refreshAll).toHaveBeenCalledOnce());
		expect(onsignedout).toHaveBeenCalledWith(endedElsewhere);
		expect(asked).toMatchObject([{ body }]);
		expect(departures).toEqual([]);
	});
});

describe('when it fails', () => {
	test('tells the user, and stops telling once it is tried again', async () => {
		const departures = watchDepartures();
		serve(json(storeDown, 503));
		const screen = await render(SignOutButton);
		const button = screen.getByRole('button');

		await button.click();

		await expect.element(screen.getByRole('alert')).toHaveTextContent(storeDown.error);
		await expect.element(button).not.toHaveAttribute('data-pending');
		await expect.element(button).toHaveFocus();
		expect(departures).toEqual([]);

		vi.unstubAllGlobals();
		const { answer } = later(signedOut);
		serve(answer);
		await button.click();
		await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
	});

	test('tells onerror instead, and not onsignedout', async () => {
		serve(json(storeDown, 503));
		const onerror = vi.fn();
		const onsignedout = vi.fn();
		const screen = await render(SignOutButton, { onerror, onsignedout });

		await screen.getByRole('button').click();

		await vi.waitFor(() => expect(onerror).toHaveBeenCalledWith(storeDown));
		expect(onsignedout).not.toHaveBeenCalled();
		await expect.element(screen.getByRole('button')).not.toHaveAttribute('data-pending');
		await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
	});
});
