/**
 * The templates that come with the product, one per year: data in `data/`, parsed here once. A unit may load more; a meeting
 * keeps the version it was made from.
 */
import data2021 from './data/2021.json' with { type: 'json' };
import data2022 from './data/2022.json' with { type: 'json' };
import data2023 from './data/2023.json' with { type: 'json' };
import data2024 from './data/2024.json' with { type: 'json' };
import data2025 from './data/2025.json' with { type: 'json' };
import { type Template, templateSchema } from './template.ts';

/** Newest year first. */
export const builtInTemplates: readonly Template[] = [data2025, data2024, data2023, data2022, data2021].map((data) =>
  templateSchema.parse(data),
);
