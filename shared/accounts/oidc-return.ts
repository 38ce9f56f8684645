/** Path of the page that another service sends browsers back to; it stands in that service's settings. */
export const OIDC_RETURN_PATH = '/sign-in/return';
