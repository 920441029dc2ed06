import { BlockStack, Box, Button, DatePicker, InlineStack } from "@shopify/polaris";
import { useState } from "react";
import { dateOfDay, dayOfDate } from "./calendar-day";

interface CustomRangeProps {
  from: string;
  to: string;
  today: string;
  onApply(days: { from: string; to: string }): void;
  onCancel(): void;
}

/** A calendar to choose the first and the last day from. */
export function CustomRange({ from, to, today, onApply, onCancel }: CustomRangeProps) {
  const [selected, setSelected] = useState({ start: dateOfDay(from), end: dateOfDay(to) });
  const [shown, setShown] = useState({
    month: selected.end.getMonth(),
    year: selected.end.getFullYear(),
  });
  return (
    <Box padding="300" borderColor="border-secondary" borderBlockStartWidth="025">
      <BlockStack gap="300">
        <DatePicker
          month={shown.month}
          year={shown.year}
          selected={selected}
          onChange={setSelected}
          onMonthChange={(month, year) => setShown({ month, year })}
          disableDatesAfter={dateOfDay(today)}
          allowRange
        />
        <InlineStack gap="200" align="end">
          <Button onClick={onCancel}>Cancel</Button>
          <Button
            variant="primary"
            onClick={() =>
              onApply({ from: dayOfDate(selected.start), to: dayOfDate(selected.end) })
            }
          >
            Apply
          </Button>
        </InlineStack>
      </BlockStack>
    </Box>
  );
}
