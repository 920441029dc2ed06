import { z } from "zod";
import { invalidParameter } from "../graph/graph-error";
import type { Params } from "../graph/params";
import type { Draft } from "./drafts";

const link = z.looseObject({
  link: z.string().optional(),
  message: z.string().optional(),
  name: z.string().optional(),
  title: z.string().optional(),
  image_hash: z.string().optional(),
  image_url: z.string().optional(),
  video_id: z.coerce.string().optional(),
  call_to_action: z
    .looseObject({
      type: z.string(),
      value: z.looseObject({ link: z.string().optional() }).optional(),
    })
    .optional(),
});
const story = z.looseObject({
  page_id: z.coerce.string(),
  link_data: link.optional(),
  video_data: link.optional(),
});

/** What `POST /act_X/adcreatives` asks for: a story, or the id of one. Throws 100. */
export function draftCreative(params: Params): Draft {
  const spec = params.json("object_story_spec", story);
  const storyId = params.text("object_story_id");
  if (!spec && storyId === null) {
    throw invalidParameter("The parameter object_story_spec or object_story_id is required");
  }
  const data = spec?.video_data ?? spec?.link_data;
  if (spec && !data) {
    throw invalidParameter("Param object_story_spec must hold link_data or video_data");
  }
  const action = data?.call_to_action;
  const all = {
    object_type: spec?.video_data ? "VIDEO" : "SHARE",
    title: data?.name ?? data?.title ?? null,
    body: data?.message ?? null,
    image_hash: data?.image_hash ?? null,
    image_url: data?.image_url ?? null,
    thumbnail_url: data?.image_url ?? null,
    video_id: data?.video_id ?? null,
    link_url: data?.link ?? action?.value?.link ?? null,
    call_to_action_type: action?.type ?? null,
    url_tags: params.text("url_tags"),
    object_story_spec: spec,
    ...(spec ? { actor_id: spec.page_id } : {}),
    ...(storyId === null ? {} : { object_story_id: storyId, effective_object_story_id: storyId }),
    // Nobody published it on Instagram.
    instagram_permalink_url: null,
  };
  const written = { name: params.text("name") ?? "" };
  return { kind: "creative", parentId: null, creativeId: null, written, shown: all };
}
