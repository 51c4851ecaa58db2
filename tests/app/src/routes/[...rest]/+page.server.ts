export { actions } from '../../lib/server/leave.js';
