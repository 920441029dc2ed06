import { BlockStack, Button, ButtonGroup, Text } from "@shopify/polaris";
import { useState } from "react";
import type { PlatformView } from "./sync-page-view";
import { CANCEL_WORDS, rebuildWords } from "./sync-words";
import type { SyncActions } from "./use-sync-actions";

interface SyncButtonsProps {
  view: PlatformView;
  actions: SyncActions;
}

/**
 * What a person can do with a platform. All buttons are always there, so that none moves under a
 * finger while a job begins or ends; what throws work away is asked for twice.
 */
export function SyncButtons({ view, actions }: SyncButtonsProps) {
  const { platform, running, paused, canSync, canRebuild } = view;
  const [asked, setAsked] = useState<"rebuild" | "cancel" | null>(null);
  const { send, sending } = actions;
  const of = (intent: "sync" | "rebuild" | "pause" | "resume") => ({
    loading: sending(intent, platform),
    onClick: () => send({ intent, platform }),
  });
  if (asked === "rebuild" && canRebuild) {
    return (
      <Sure
        words={rebuildWords(platform)}
        button={{ content: "Rebuild now" }}
        onSure={of("rebuild").onClick}
        onDone={() => setAsked(null)}
      />
    );
  }
  if (asked === "cancel" && running) {
    const { jobId, jobType } = running;
    return (
      <Sure
        words={CANCEL_WORDS[jobType]}
        button={{ content: "Cancel it", critical: true }}
        onSure={() => send({ intent: "cancel", job_id: jobId })}
        onDone={() => setAsked(null)}
      />
    );
  }
  return (
    <div className="merit-sync-buttons">
      <Button variant="primary" disabled={!canSync} {...of("sync")}>
        Sync now
      </Button>
      <Button
        disabled={running === null}
        loading={running !== null && sending("cancel", running.jobId)}
        onClick={() => setAsked("cancel")}
      >
        Cancel
      </Button>
      <Button
        disabled={!canRebuild}
        loading={of("rebuild").loading}
        onClick={() => setAsked("rebuild")}
      >
        Rebuild
      </Button>
      {paused ? <Button {...of("resume")}>Resume</Button> : <Button {...of("pause")}>Pause</Button>}
    </div>
  );
}

interface SureProps {
  words: string;
  button: { content: string; critical?: boolean };
  onSure(): void;
  onDone(): void;
}

function Sure({ words, button, onSure, onDone }: SureProps) {
  const confirm = () => {
    onDone();
    onSure();
  };
  return (
    <BlockStack gap="200">
      <Text as="p">{words}</Text>
      <ButtonGroup>
        <Button variant="primary" tone={button.critical ? "critical" : "success"} onClick={confirm}>
          {button.content}
        </Button>
        <Button onClick={onDone}>{button.critical ? "Let it run" : "Not now"}</Button>
      </ButtonGroup>
    </BlockStack>
  );
}
