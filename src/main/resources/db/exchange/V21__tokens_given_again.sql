-- The answer to a request may be lost: sent again under the same key it gets a token anew, and the first, which nobody has, is void.
grant update (token) on exchange.sent_request to heshi_app;
