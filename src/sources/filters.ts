// The options by which most kinds of sources are filtered by text; the pipeline reads them.
import { z } from 'zod';

export const nameFilters = { include: z.string().optional(), exclude: z.string().optional() };
