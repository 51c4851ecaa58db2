import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './fixtures.js';

const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
	[390, 1280].map((width) => ({ colorScheme, width }))
);

/** In light and dark, on a phone and on a desk: axe finds nothing, and nothing scrolls sideways. */
export async function expectAccessible(page: Page): Promise<void> {
	for (const { colorScheme, width } of looks) {
		// Without motion the colours are those of the scheme at once.
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.setViewportSize({ width, height: 900 });

		// What is quicker: in one piece, as the pages have no frames, and without a list of what is fine.
		const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
		const { violations } = await axe.analyze();
		const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
		const sideways = await page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth
		);
		expect({ found, sideways }, `${page.url()}, ${colorScheme}, ${width} px`).toEqual({
			found: [],
			sideways: 0
		});
	}
}
