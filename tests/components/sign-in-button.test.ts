import { createRawSnippet } from 'svelte';
import { describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import SignInButton from '../../src/components/SignInButton.svelte';
import type { SignInButtonProps } from '../../src/components/sign-in-button.js';
import { comeBack, watchDepartures } from './support/departures.js';
import './support/reset.js';

const urlOf = (path: string) => new URL(path, location.href).href;

/** What the browser would send, when the form is submitted past every listener. */
async function posted(props: SignInButtonProps) {
	const departures = watchDepartures();
	const { container } = await render(SignInButton, props);
	container.querySelector('form')?.submit();
	await vi.waitFor(() => expect(departures).toHaveLength(1));
	return departures[0];
}

describe('without JavaScript', () => {
	test('posts to the provider, with nothing but what was asked for', async () => {
		expect(await posted({ provider: 'github' })).toMatchObject({
			to: urlOf('/auth/signin/github'),
			form: []
		});
	});

	test('posts where to go, and what the provider should ask', async () => {
		expect(
			await posted({ provider: 'github', callbackUrl: '/inbox', prompt: 'login' })
		).toMatchObject({
			form: [
				['callbackUrl', '/inbox'],
				['prompt', 'login']
			]
		});
	});

	test('with `link` posts to the route that links', async () => {
		expect(await posted({ provider: 'github', link: true })).toMatchObject({
			to: urlOf('/auth/link/github')
		});
	});

	test('keeps an odd provider id within its part of the path', async () => {
		expect(await posted({ provider: '../signout?x' })).toMatchObject({
			to: urlOf('/auth/signin/..%2Fsignout%3Fx')
		});
	});
});

describe('the button', () => {
	test('says where it leads, and takes attributes', async () => {
		watchDepartures();
		const screen = await render(SignInButton, { provider: 'github', class: 'wide', title: 'Go' });
		const button = screen.getByRole('button', { name: 'Sign in with github' });

		await expect.element(button).toHaveClass('wide');
		await expect.element(button).toHaveAttribute('title', 'Go');
		await expect.element(button).toHaveAttribute('type', 'submit');
	});

	test('says what it is given', async () => {
		const children = createRawSnippet(() => ({ render: () => '<b>Go on with GitHub</b>' }));
		const screen = await render(SignInButton, { provider: 'github', children });

		await expect.element(screen.getByRole('button', { name: 'Go on with GitHub' })).toBeVisible();
	});

	test('is busy from the press until the page is left, and cannot be pressed twice', async () => {
		const departures = watchDepartures();
		const screen = await render(SignInButton, { provider: 'github' });
		const button = screen.getByRole('button');

		await userEvent.click(button);
		await expect.element(button).toHaveAttribute('aria-busy', 'true');
		await expect.element(button).toHaveAttribute('data-pending');
		await expect.element(button).toHaveFocus();
		await userEvent.click(button, { force: true });
		await userEvent.keyboard('{Enter}');

		expect(departures).toHaveLength(1);
	});

	test('can be pressed again after coming back with the back button', async () => {
		const departures = watchDepartures();
		const screen = await render(SignInButton, { provider: 'github' });
		await userEvent.click(screen.getByRole('button'));
		comeBack(true);

		await expect.element(screen.getByRole('button')).not.toHaveAttribute('aria-busy');
		await userEvent.click(screen.getByRole('button'));
		expect(departures).toHaveLength(2);
	});
});
