-- Three group roles, without login. They belong to the whole cluster, so another database of it may
-- have made them already. None may pass row-level security; merit_dispatcher owns the few functions
-- that see across tenants and is nobody's login.
DO $$
DECLARE
  role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['merit_web', 'merit_worker', 'merit_dispatcher'] LOOP
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = role_name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
      EXCEPTION
        WHEN duplicate_object OR unique_violation THEN NULL; -- made at the same moment elsewhere
      END;
    END IF;
  END LOOP;

  IF EXISTS (
    SELECT FROM pg_catalog.pg_roles
    WHERE rolname IN ('merit_web', 'merit_worker', 'merit_dispatcher')
      AND (rolsuper OR rolbypassrls OR rolcanlogin)
  ) THEN
    RAISE EXCEPTION 'merit_web, merit_worker and merit_dispatcher must have neither LOGIN, SUPERUSER nor BYPASSRLS';
  END IF;

  -- Whoever migrates hands functions over to merit_dispatcher and must be a member for that. On
  -- Postgres 16 and later making a role brings the right to grant it, not membership itself.
  IF NOT pg_catalog.pg_has_role(current_user, 'merit_dispatcher', 'USAGE') THEN
    BEGIN
      EXECUTE format('GRANT merit_dispatcher TO %I', current_user);
    EXCEPTION
      WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'The role merit_dispatcher exists and was made by another owner; run as a superuser: GRANT merit_web, merit_worker, merit_dispatcher TO % WITH ADMIN OPTION', current_user;
    END;
  END IF;
END
$$;
