import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type FullConfig, request } from '@playwright/test'
import { adminState, oriel } from './command'

/** Logs in as the local administrator by a one-time link and keeps the cookies for every test. */
export default async function setup({ projects }: FullConfig): Promise<void> {
  const baseURL = projects[0]?.use.baseURL ?? ''
  const code = (await oriel('login-link')).trim().split('#')[1] ?? ''
  const context = await request.newContext({ baseURL })
  const answer = await context.post('/login/local', {
    form: { secret: code, to: '/' },
    headers: { origin: new URL(baseURL).origin },
    maxRedirects: 0,
  })
  if (answer.status() !== 303 || answer.headers().location !== '/')
    throw new Error(
      `The login by a one-time link failed: ${answer.status()}, to ${answer.headers().location ?? 'nowhere'}`,
    )
  await mkdir(dirname(adminState), { recursive: true })
  await context.storageState({ path: adminState })
  await context.dispose()
}
