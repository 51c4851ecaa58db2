// Importing the package is all it takes: it says what `event.locals.auth` is.
import 'svelte-guardian';
