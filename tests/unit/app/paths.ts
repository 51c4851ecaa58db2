/** Stands in for `$app/paths` outside of an app that lives at the root of its origin. */
export const resolve = (path: string): string => path;
