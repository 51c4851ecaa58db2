export const POST = () => new Response("the app's own");
