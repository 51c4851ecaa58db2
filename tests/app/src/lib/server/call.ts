import { GuardianError } from 'svelte-guardian';

/** Calls a method by its name with the arguments of the request, and answers what came of it. */
export async function callByName(methods: object, request: Request): Promise<Response> {
	const { method, args } = await request.json();
	const act = new Map<string, unknown>(Object.entries(methods)).get(method);
	if (typeof act !== 'function')
		return Response.json({ error: `There is no ${method}` }, { status: 404 });
	return answer(async () => ((await act(...args)) as unknown) ?? null);
}

/** What a call gives, or the code of what it throws; redirects and http errors go on. */
export async function answer(call: () => Promise<unknown>): Promise<Response> {
	try {
		return Response.json(await call());
	} catch (cause) {
		if (!(cause instanceof GuardianError)) throw cause;
		return Response.json({ thrown: cause.code, message: cause.message }, { status: 422 });
	}
}
