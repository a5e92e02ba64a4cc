/** A calendar day, or none while it is 待定; the day is said in words beside it. */
import { Input } from 'antd';
import { useWords } from './use-words.ts';

export function DayField({
  id,
  value,
  onChange,
  disabled = false,
}: {
  readonly id: string;
  readonly value: string | null;
  readonly onChange: (day: string | null) => void;
  readonly disabled?: boolean;
}) {
  const words = useWords();
  return (
    <span className="row">
      <Input
        id={id}
        className="day-field"
        type="date"
        min="2013-01-01"
        max="2100-12-31"
        value={value ?? ''}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      />
      <span className="secondary">{words.day(value)}</span>
    </span>
  );
}
