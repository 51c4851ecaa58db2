/** Stands in for `$app/navigation` outside of an app. */
import { vi } from 'vitest';

export const refreshAll = vi.fn(() => Promise.resolve());
