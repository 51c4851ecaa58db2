/** Where failures go that must not stop what is under way. Never pass a token, a secret or a password. */
export type Log = (message: string, cause?: unknown) => void;

export const consoleLog: Log = (message, cause) => {
	if (cause === undefined) console.error(`[svelte-guardian] ${message}`);
	else console.error(`[svelte-guardian] ${message}`, cause);
};
