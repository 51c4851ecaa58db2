/** The condition for a live row of guardian_sessions; binds `createdAfter` and `activeAfter`. */
export const isLive = `created_at > ? AND last_active_at > ?
	AND epoch IS (SELECT users.epoch FROM guardian_users AS users WHERE users.id = user_id)`;
