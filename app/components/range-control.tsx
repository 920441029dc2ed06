import { Box, Button, OptionList, Popover } from "@shopify/polaris";
import { CalendarIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import type { RangeName } from "~/metrics/day-range";
import { CustomRange } from "./custom-range";
import { formatDays } from "./format";
import { RANGE_CHOICES, rangeName } from "./range-names";

export interface ChosenRange {
  range: RangeName;
  from: string;
  to: string;
}

interface RangeControlProps extends ChosenRange {
  /** The shop's day: nothing after it can be chosen. */
  today: string;
  locale: string;
  onChoose(chosen: { range: RangeName; from?: string; to?: string }): void;
}

/** The date range: presets at once, a custom one from a calendar. Days are the shop's. */
export function RangeControl({ range, from, to, today, locale, onChoose }: RangeControlProps) {
  const [open, setOpen] = useState(false);
  const [custom, setCustom] = useState(range === "custom");
  const close = () => setOpen(false);
  const toggle = () => {
    setCustom(range === "custom");
    setOpen(!open);
  };
  const choose = (value: RangeName) => {
    setCustom(value === "custom");
    if (value === "custom") return;
    close();
    onChoose({ range: value });
  };
  const label = range === "custom" ? formatDays({ from, to }, locale) : rangeName(range);
  return (
    <Popover
      active={open}
      onClose={close}
      preferredAlignment="left"
      fluidContent
      autofocusTarget="first-node"
      activator={
        <div className="merit-range-control">
          <Button
            icon={CalendarIcon}
            onClick={toggle}
            disclosure
            fullWidth
            textAlign="left"
            accessibilityLabel={`Date range: ${label}`}
          >
            {label}
          </Button>
        </div>
      }
    >
      <Box maxWidth="20rem">
        <OptionList
          options={RANGE_CHOICES}
          selected={[custom ? "custom" : range]}
          onChange={([value]) => {
            const chosen = RANGE_CHOICES.find((choice) => choice.value === value);
            if (chosen) choose(chosen.value);
          }}
        />
        {custom ? (
          <CustomRange
            from={from}
            to={to}
            today={today}
            onCancel={close}
            onApply={(days) => {
              close();
              onChoose({ range: "custom", ...days });
            }}
          />
        ) : null}
      </Box>
    </Popover>
  );
}
