import { expect, it } from 'vitest'
import { z } from 'zod'
import { everything } from '@/core/scope'
import { freeze } from './freeze'
import { view } from './view'

/** A view that answers `size` letters that no compression shortens much. */
const noise = view({
  name: 'noise',
  path: 'noise/{size}',
  summary: '',
  params: z.strictObject({ size: z.coerce.number(), n: z.string().default('') }),
  answer: z.string(),
  settle: async (params) => params,
  load: async () => null,
  render: (_, { size }) =>
    Array.from({ length: size }, (_, i) =>
      Math.sin(i * size)
        .toString(36)
        .at(-1),
    ).join(''),
})

const views = [noise]

it('refuses what is shown and does not fit, and keeps of what is near as much as fits', async () => {
  const shown = ['noise/4000?n=a']
  await expect(freeze(views, { shown, nearby: [] }, everything, 1_000)).rejects.toMatchObject({ code: 'too_large' })
  const nearby = ['noise/3900?n=b', 'noise/3800?n=c', 'noise/40?n=d', 'noise/20000?n=e', 'noise/50?n=f']
  const { rows, leftOut } = await freeze(views, { shown, nearby }, everything, 6_500)
  expect(rows.reduce((sum, { body }) => sum + body.length, 0)).toBeLessThan(6_500)
  expect(rows.length + leftOut).toBe(6)
  expect(rows.length).toBeGreaterThanOrEqual(3)
})
