// The Chromium that the tests drive: CHROMIUM_PATH, or an installed Chromium or Chrome, or
// Playwright's own. `node scripts/browser.js` installs one when there is none.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright';

const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser', 'chrome'];

/** How Playwright and Vitest start the browser. Looks for one and installs nothing. */
export function launchOptions() {
	const executablePath = findBrowser();
	return {
		...(executablePath ? { executablePath } : {}),
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync'
		]
	};
}

if (import.meta.main) {
	try {
		console.log(`Browser: ${ensureBrowser()}`);
	} catch (error) {
		console.error(String(error));
		process.exitCode = 1;
	}
}

/** The path of a browser that answers, or null. */
function findBrowser() {
	const { CHROMIUM_PATH: chosen, PATH = '' } = process.env;
	if (chosen) return answers(chosen) ? chosen : null;
	const folders = PATH.split(delimiter).filter(Boolean);
	const installed = names.flatMap((name) => folders.map((folder) => join(folder, name)));
	return [...installed, chromium.executablePath()].find(answers) ?? null;
}

function ensureBrowser() {
	const found = findBrowser();
	if (found) return found;

	const { CHROMIUM_PATH: chosen } = process.env;
	if (chosen) throw new Error(`CHROMIUM_PATH is "${chosen}", and no browser answers there.`);

	const tried = [`${names.join(', ')} on the PATH`, `Playwright's ${chromium.executablePath()}`];
	for (const commands of installers()) {
		for (const command of commands) {
			console.log(`No browser yet, trying: ${command.join(' ')}`);
			tried.push(command.join(' '));
			run(command, 'inherit');
		}
		const installed = findBrowser();
		if (installed) return installed;
	}
	throw new Error(
		['The browser tests need Chromium, and there is none. Tried:', ...tried].join('\n  - ') +
			'\nInstall Chromium or Chrome, or set CHROMIUM_PATH to its executable.'
	);
}

/** Ways to get a browser on this machine, each as the commands to run one after the other. */
function installers() {
	const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
	const apt = [...asRoot, 'apt-get'];
	const cli = join(import.meta.dirname, '../node_modules/playwright/cli.js');
	const playwright = [process.execPath, cli, 'install'];
	if (!run([...apt, '--version'])) return [[[...playwright, 'chromium']]];
	return [
		[
			[...apt, 'update'],
			[...apt, 'install', '-y', '--no-install-recommends', 'chromium']
		],
		[[...playwright, '--with-deps', 'chromium']]
	];
}

/**
 * Whether a browser runs from there; some systems put a mere hint at how to install one.
 *
 * @param {string} path
 */
function answers(path) {
	return existsSync(path) && run([path, '--version']);
}

/**
 * @param {string[]} command
 * @param {'ignore' | 'inherit'} [stdio]
 */
function run([file = '', ...args], stdio = 'ignore') {
	return spawnSync(file, args, { stdio }).status === 0;
}
