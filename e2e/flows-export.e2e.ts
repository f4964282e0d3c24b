import { readFile } from 'node:fs/promises'
import type { APIRequestContext } from '@playwright/test'
import { expect, read, test } from './app'

/** The ids of all pages of a list, newest first. */
async function everyId(request: APIRequestContext, path: string, before?: string): Promise<string[]> {
  const page = before ? `${path}&before=${before}` : path
  const answer = await read<{ rows: { id: string }[]; before: string | null }>(request, page)
  const ids = answer.rows.map(({ id }) => id)
  return answer.before === null ? ids : [...ids, ...(await everyId(request, path, answer.before))]
}

for (const [button, ending] of [
  ['CSV', 'csv'],
  ['JSON lines', 'jsonl'],
] as const) {
  test(`an export as ${button} holds what the table lists`, async ({ page, request }) => {
    const { window } = await read<{ window: { to: number } }>(request, 'map?last=5m')
    const q = 'q=from:checkout%20to:payments'
    const range = `from=${window.to - 90_000}&to=${window.to - 60_000}`
    const list = `flows?${range}&${q}&limit=500`
    const before = await everyId(request, list)
    await page.goto(`/flows?${range}&${q}`)
    await page.getByRole('button', { name: /^Export:/ }).click()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: button, exact: true }).click()
    const download = await saved
    expect(download.suggestedFilename()).toMatch(new RegExp(`^oriel-flows-.*\\.${ending}$`))
    const text = await readFile(await download.path(), 'utf8')
    const lines = text.trim().split(/\r?\n/)
    const ids = lines
      .slice(ending === 'csv' ? 1 : 0)
      .map((line) => (ending === 'csv' ? (line.split(',').at(-1) ?? '') : (JSON.parse(line) as { id: string }).id))
    // What came late may be in it: it holds all that was listed before, and nothing but what is listed after, in order.
    const exported = new Set(ids)
    expect(before.filter((id) => !exported.has(id))).toEqual([])
    expect((await everyId(request, list)).filter((id) => exported.has(id))).toEqual(ids)
    await expect(page.getByRole('dialog').getByText(/rows? written\.$/)).toBeVisible()
  })
}
