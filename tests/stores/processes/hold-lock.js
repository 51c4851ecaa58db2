/** Takes the write lock of a database file, and lets go of it when told, or after some milliseconds. */
import { DatabaseSync } from 'node:sqlite';

const [, , file = '', milliseconds] = process.argv;
const database = new DatabaseSync(file);
database.exec('BEGIN IMMEDIATE');
process.send?.('locked');

process.once('message', letGo);
if (milliseconds) setTimeout(letGo, Number(milliseconds));

function letGo() {
	database.exec('COMMIT');
	database.close();
	process.disconnect();
}
