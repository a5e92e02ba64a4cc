/** The two switches of the interface itself: language and type size. */
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../i18n/i18n.ts';
import { chooseLargeType, useLargeType } from './preferences.ts';

/** Named in the language it leads to. */
export function LanguageSwitch() {
  const { i18n } = useTranslation();
  const chinese = i18n.language !== 'en';
  return (
    <Button type="text" lang={chinese ? 'en' : 'zh-CN'} onClick={() => void chooseLanguage(chinese ? 'en' : 'zh')}>
      {chinese ? 'English' : '中文'}
    </Button>
  );
}

export function TypeSwitch() {
  const { t } = useTranslation(['common', 'app']);
  const large = useLargeType();
  return (
    <Button type="text" aria-pressed={large} onClick={() => chooseLargeType(!large)}>
      {large ? t('app:type.normal') : t('app:type.large')}
    </Button>
  );
}
