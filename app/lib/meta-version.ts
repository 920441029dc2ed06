/** The version of Meta's Graph and Marketing API: this one place names it (v24.0 has ended). */
export const META_API_VERSION = "v25.0";
