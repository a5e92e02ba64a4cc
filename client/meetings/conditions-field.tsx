/** Named switches for the conditional sections: 审计、问责、函询… */
import { Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Condition, conditions } from '../../shared/template/template.ts';

export function ConditionsField({
  label,
  value,
  onChange,
  offered = conditions,
}: {
  /** Whose sections these are, read out before each switch. */
  readonly label: string;
  readonly value: readonly Condition[];
  readonly onChange: (on: Condition[]) => void;
  readonly offered?: readonly Condition[];
}) {
  const { t } = useTranslation();
  const toggle = (condition: Condition, on: boolean) =>
    onChange(conditions.filter((known) => (known === condition ? on : value.includes(known))));
  return (
    <fieldset className="conditions plain-fieldset">
      <legend className="visually-hidden">{label}</legend>
      {offered.map((condition) => (
        // The switch is a button inside its label.
        // biome-ignore lint/a11y/noLabelWithoutControl: see above
        <label key={condition} className="condition">
          <Switch
            size="small"
            checked={value.includes(condition)}
            onChange={(on) => toggle(condition, on)}
            aria-label={`${label}：${t(`condition.${condition}`)}`}
          />
          {t(`condition.${condition}`)}
        </label>
      ))}
    </fieldset>
  );
}
