/** The whole page: what every screen needs around it, and the gate in front of them. */
import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US.js';
import zhCN from 'antd/es/locale/zh_CN.js';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createQueryClient } from '../api/queries.ts';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { nameProduct } from '../ui/page-title.ts';
import { createTheme } from '../ui/theme.ts';
import { Gate } from './gate.tsx';
import { useLargeType } from './preferences.ts';

type Locale = typeof zhCN.default;

/** The locale files are typed as CommonJS and bundled as ES modules; this reads either. */
function localeOf(module: typeof zhCN | Locale): Locale {
  return 'default' in module ? module.default : module;
}

const locales = { zh: localeOf(zhCN), en: localeOf(enUS) } as const;

export function App() {
  const { t, i18n } = useTranslation();
  const [client] = useState(createQueryClient);
  const large = useLargeType();
  const theme = useMemo(
    () => createTheme(large, window.matchMedia('(prefers-reduced-motion: reduce)').matches),
    [large],
  );
  const product = t('product');
  useEffect(() => nameProduct(product), [product]);
  return (
    <ConfigProvider
      theme={theme}
      locale={i18n.language === 'en' ? locales.en : locales.zh}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <QueryClientProvider client={client}>
        <ErrorBoundary>
          <Gate />
        </ErrorBoundary>
      </QueryClientProvider>
    </ConfigProvider>
  );
}
