import type { PlanAd, PlanCreative } from "../../ad-plan/types";
import type { AdAccountWorld } from "../accounts/world";
import type { PlainObject } from "../graph/fields";

/** A creative as Meta shows it; of one that no ad of the plan has, the story is its own. */
export function creativeNode(
  account: AdAccountWorld,
  creative: PlanCreative,
  ad: PlanAd | null,
  at: number,
): PlainObject {
  const page = `1${account.options.id.slice(1)}`;
  const image = `https://scontent.xx.fbcdn.net/v/t45/${creative.imageHash}_n.jpg`;
  // Meta signs image addresses and lets them expire.
  const signed = `oh=${creative.imageHash.slice(0, 12)}&oe=${Math.floor(at / 86_400_000).toString(16)}`;
  const cta = { type: "SHOP_NOW", value: { link: creative.linkUrl } };
  const link = { link: creative.linkUrl, message: creative.body, name: creative.title };
  return {
    id: creative.id,
    account_id: account.options.id,
    name: account.written(creative.id, "name", at) ?? creative.name,
    title: creative.title,
    body: creative.body,
    object_type: creative.format,
    status: "ACTIVE",
    thumbnail_url: `${image}?stp=p64x64&${signed}`,
    image_url: `${image}?${signed}`,
    image_hash: creative.imageHash,
    video_id: creative.videoId,
    call_to_action_type: "SHOP_NOW",
    object_story_spec:
      creative.videoId === null
        ? { page_id: page, link_data: { ...link, call_to_action: cta } }
        : { page_id: page, video_data: { video_id: creative.videoId, call_to_action: cta } },
    effective_object_story_id: `${page}_${ad?.id ?? creative.id}`,
    actor_id: page,
    instagram_permalink_url: `https://www.instagram.com/p/${creative.imageHash.slice(0, 11)}/`,
    url_tags: creative.urlTags,
    link_url: creative.linkUrl,
  };
}
