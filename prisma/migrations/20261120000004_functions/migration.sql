-- The few functions that see across tenants: SECURITY DEFINER, owned by merit_dispatcher.

-- Which shop a bearer token opens; null for an unknown or revoked one. Notes its use at most once a
-- minute, so that reading does not become writing.
CREATE FUNCTION app_dashboard.resolve_api_token(hash bytea) RETURNS text
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = ''
AS $$
  UPDATE app_dashboard.api_tokens SET last_used_at = now()
  WHERE token_hash = hash AND revoked_at IS NULL
    AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute');
  SELECT shop_id FROM app_dashboard.api_tokens WHERE token_hash = hash AND revoked_at IS NULL;
$$;

-- Jobs whose time has come, the longest waiting first.
CREATE FUNCTION app_dashboard.jobs_to_dispatch(max_jobs integer)
RETURNS TABLE (shop_id text, id uuid, priority integer, run_after timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = ''
AS $$
  SELECT job.shop_id, job.id, job.priority, job.run_after
  FROM app_dashboard.sync_jobs job
  WHERE job.status = 'QUEUED' AND job.run_after <= now()
  ORDER BY job.run_after, job.id
  LIMIT max_jobs
$$;

-- Jobs whose worker no longer renews its lease go back to the queue.
CREATE FUNCTION app_dashboard.take_back_expired_leases()
RETURNS TABLE (shop_id text, id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = ''
AS $$
  UPDATE app_dashboard.sync_jobs job
  SET status = 'QUEUED', lease_owner = NULL, lease_until = NULL, run_after = now()
  WHERE job.status = 'IN_PROGRESS' AND job.lease_until < now()
  RETURNING job.shop_id, job.id
$$;

-- When any worker last gave a sign of life; null when none ever did.
CREATE FUNCTION app_dashboard.worker_last_seen() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = ''
AS $$
  SELECT max(at) FROM app_dashboard.worker_heartbeats
$$;

-- Takes a user out of a shop; one without any shop left is forgotten, another default is found.
CREATE FUNCTION app_dashboard.leave_shop(left_user uuid, left_shop text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = ''
AS $$
BEGIN
  DELETE FROM app_dashboard.user_shops WHERE user_id = left_user AND shop_id = left_shop;
  DELETE FROM app_dashboard.users
  WHERE id = left_user
    AND NOT EXISTS (SELECT FROM app_dashboard.user_shops WHERE user_id = left_user);
  UPDATE app_dashboard.user_shops SET is_default = true
  WHERE user_id = left_user
    AND NOT EXISTS (SELECT FROM app_dashboard.user_shops WHERE user_id = left_user AND is_default)
    AND shop_id = (
      SELECT shop_id FROM app_dashboard.user_shops
      WHERE user_id = left_user ORDER BY created_at, shop_id LIMIT 1
    );
END
$$;

-- Records who opened the app in the context's shop and answers their user id. Identity is Shopify's
-- user of this shop; an email joins it to the same person's user in other shops only when Shopify
-- says that it is verified, and no longer than it does: an identity whose email changed, or is not
-- verified any more, is parted from a user who has other shops, and starts as STORE_USER.
CREATE FUNCTION app_dashboard.record_shop_user(
  of_shop text, of_shopify_user bigint, new_email text, new_email_verified boolean,
  new_first_name text, new_last_name text, new_locale text
) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = ''
AS $$
DECLARE
  address text := nullif(lower(btrim(new_email)), '');
  verified boolean := coalesce(new_email_verified, false) AND nullif(btrim(new_email), '') IS NOT NULL;
  before_user uuid;
  target uuid;
  shares_shops boolean;
BEGIN
  IF NOT of_shop = ANY (app_dashboard.visible_shop_ids()) THEN
    RAISE EXCEPTION 'shop % is not in the context', of_shop USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- Parallel requests of one person must not make two.
  PERFORM pg_advisory_xact_lock(hashtextextended('merit:shopify-user:' || of_shop || ':' || of_shopify_user, 0));
  IF verified THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('merit:email:' || address, 0));
    SELECT id INTO target FROM app_dashboard.users WHERE lower(email) = address AND email_verified;
  END IF;

  SELECT user_id INTO before_user FROM app_dashboard.user_shops
  WHERE shop_id = of_shop AND shopify_user_id = of_shopify_user;
  IF target IS NULL AND before_user IS NOT NULL THEN
    SELECT EXISTS (
      SELECT FROM app_dashboard.user_shops WHERE user_id = before_user AND shop_id <> of_shop
    ) INTO shares_shops;
    IF NOT shares_shops THEN
      target := before_user;
    END IF;
  END IF;
  IF target IS NULL THEN
    INSERT INTO app_dashboard.users (email, email_verified) VALUES (address, verified)
    RETURNING id INTO target;
  END IF;
  IF before_user IS NOT NULL AND before_user <> target THEN
    PERFORM app_dashboard.leave_shop(before_user, of_shop);
  END IF;

  UPDATE app_dashboard.users
  SET email = address, email_verified = verified, first_name = new_first_name,
      last_name = new_last_name, locale = new_locale, updated_at = now()
  WHERE id = target
    AND (email, email_verified, first_name, last_name, locale)
      IS DISTINCT FROM (address, verified, new_first_name, new_last_name, new_locale);
  INSERT INTO app_dashboard.user_shops (shop_id, user_id, role, is_default, shopify_user_id)
  VALUES (
    of_shop, target, 'STORE_USER',
    NOT EXISTS (SELECT FROM app_dashboard.user_shops WHERE user_id = target AND is_default),
    of_shopify_user
  )
  ON CONFLICT (shop_id, user_id) DO UPDATE SET shopify_user_id = excluded.shopify_user_id
  WHERE user_shops.shopify_user_id IS DISTINCT FROM excluded.shopify_user_id;
  RETURN target;
END
$$;

GRANT CREATE ON SCHEMA app_dashboard TO merit_dispatcher;
DO $$
DECLARE
  signature regprocedure;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'app_dashboard.resolve_api_token(bytea)', 'app_dashboard.jobs_to_dispatch(integer)',
    'app_dashboard.take_back_expired_leases()', 'app_dashboard.worker_last_seen()',
    'app_dashboard.leave_shop(uuid, text)',
    'app_dashboard.record_shop_user(text, bigint, text, boolean, text, text, text)'
  ]::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO merit_dispatcher', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
  END LOOP;
END
$$;
REVOKE CREATE ON SCHEMA app_dashboard FROM merit_dispatcher;

GRANT EXECUTE ON FUNCTION app_dashboard.resolve_api_token(bytea) TO merit_web;
GRANT EXECUTE ON FUNCTION app_dashboard.jobs_to_dispatch(integer),
  app_dashboard.take_back_expired_leases() TO merit_worker;
GRANT EXECUTE ON FUNCTION app_dashboard.worker_last_seen(),
  app_dashboard.record_shop_user(text, bigint, text, boolean, text, text, text)
  TO merit_web, merit_worker;
