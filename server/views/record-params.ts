import { z } from 'zod'
import { clusterParam, filterParam, windowed } from '@/server/params'

/** Parameters of a question about raw records, with more of its own. */
export const recordParams = <S extends z.ZodRawShape>(shape: S) =>
  windowed({
    cluster: clusterParam,
    q: filterParam,
    sel: z.string().max(2_000, 'at most 2000 characters').default('').describe('Id of a node or edge of the map.'),
    ...shape,
  })
