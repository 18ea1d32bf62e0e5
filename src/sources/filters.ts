// The text filter options shared by most kinds of sources; the pipeline applies them.
import { z } from 'zod';

export const nameFilters = { include: z.string().optional(), exclude: z.string().optional() };
