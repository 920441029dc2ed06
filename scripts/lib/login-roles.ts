import pg from "pg";

const GROUP_OF = { DATABASE_URL: "merit_web", WORKER_DATABASE_URL: "merit_worker" } as const;

interface RoleFacts {
  rolname: string;
  rolsuper: boolean;
  rolbypassrls: boolean;
  is_owner: boolean;
}

function loginOf(url: string, variable: string): { user: string; password: string } {
  const { user, password } = new pg.Client({ connectionString: url });
  if (!user) throw new Error(`${variable} names no user.`);
  return { user, password: password ?? "" };
}

async function ensureLogin(owner: pg.Client, url: string, variable: keyof typeof GROUP_OF) {
  const { user, password } = loginOf(url, variable);
  const role = owner.escapeIdentifier(user);
  const group = GROUP_OF[variable];
  const found = await owner.query<{ member: boolean }>(
    "SELECT pg_has_role(rolname, $2, 'USAGE') AND NOT rolsuper AS member FROM pg_roles WHERE rolname = $1",
    [user, group],
  );
  if (found.rowCount === 0) {
    await owner.query(`CREATE ROLE ${role} LOGIN PASSWORD ${owner.escapeLiteral(password)}`);
  }
  if (!found.rows[0]?.member) await owner.query(`GRANT ${group} TO ${role}`);
}

/** The sentence that says why a login role may not be used, or null when it may. */
function objection(facts: RoleFacts, variable: string): string | null {
  const role = `The role "${facts.rolname}" of ${variable}`;
  const remedy = "row-level security would not bind it; use a role of its own without that right.";
  if (facts.rolsuper) return `${role} is a SUPERUSER: ${remedy}`;
  if (facts.rolbypassrls) return `${role} has BYPASSRLS: ${remedy}`;
  if (facts.is_owner) return `${role} can act as the owner of the tables: ${remedy}`;
  return null;
}

/**
 * Makes the roles of DATABASE_URL and WORKER_DATABASE_URL when they are missing, and puts each into
 * its group. Throws, in a plain sentence, when one could pass row-level security: by itself, or by
 * a role that it may become.
 */
export async function ensureLoginRoles(
  owner: pg.Client,
  urls: { web: string; worker: string },
): Promise<void> {
  const logins = [
    { variable: "DATABASE_URL", url: urls.web },
    { variable: "WORKER_DATABASE_URL", url: urls.worker },
  ] as const;
  for (const { variable, url } of logins) {
    await refuseUnbound(owner, url, variable);
    await ensureLogin(owner, url, variable);
    await refuseUnbound(owner, url, variable);
  }
}

async function refuseUnbound(owner: pg.Client, url: string, variable: string): Promise<void> {
  const { user } = loginOf(url, variable);
  const { rows } = await owner.query<RoleFacts>(
    `SELECT login.rolname,
       coalesce(bool_or(reachable.rolsuper), false) AS rolsuper,
       coalesce(bool_or(reachable.rolbypassrls), false) AS rolbypassrls,
       coalesce(bool_or(reachable.rolname IN (current_user, 'merit_dispatcher')), false) AS is_owner
     FROM pg_roles login
     JOIN pg_roles reachable ON login.rolsuper AND reachable.oid = login.oid
       OR NOT login.rolsuper AND pg_has_role(login.oid, reachable.oid, 'MEMBER')
     WHERE login.rolname = $1 GROUP BY login.rolname`,
    [user],
  );
  const reason = rows[0] && objection(rows[0], variable);
  if (reason) throw new Error(reason);
}
