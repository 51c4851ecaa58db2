/** Stands in for `$app/state` outside of an app: the page one is on. */
export const page: { url: { pathname: string; search: string } } = {
	url: new URL('https://app.example/')
};
