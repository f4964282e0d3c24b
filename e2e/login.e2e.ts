import type { Browser, Page } from '@playwright/test'
import { expect, oriel, stateDir, test } from './app'
import { findings } from './axe'
import { logInAs, nobody, sessionOf } from './login-as'

test.use(nobody)

const heading = (page: Page, name = 'Log in') => page.getByRole('heading', { level: 1, name })
const account = (page: Page, name: string) => page.getByRole('button', { name: `Account of ${name}` })
const problem = (page: Page) => page.getByRole('main').getByRole('alert')

/** Somebody else’s browser. */
const another = async (browser: Browser): Promise<Page> => (await browser.newContext({ ...nobody })).newPage()

test.describe('who is not logged in', () => {
  for (const path of ['/', '/services?q=ns%3Ashop', '/flows?view=denied', '/policies', '/sources'])
    test(`is led from ${path} to the login`, async ({ page }) => {
      await page.goto(path)
      await expect(heading(page)).toBeVisible()
      const to = new URL(page.url()).searchParams.get('to')
      expect(to ?? '/').toBe(path)
    })

  test('gets no answer of the API', async ({ request }) => {
    for (const path of ['map', 'services', 'flows', 'sources', 'live', 'policies']) {
      const response = await request.get(`/api/v1/${path}`)
      expect(response.status(), path).toBe(401)
      expect(response.headers()['content-type'], path).toMatch(/^application\/problem\+json/)
    }
  })
})

test('the login page is accessible in both themes, and says only what it knows itself', async ({ page }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.goto('/login?problem=provider-away&to=/services')
    await expect(problem(page)).toHaveText(/cannot be reached just now/)
    await page.getByText('Log in as the local administrator').click()
    await expect(page.getByLabel('One-time password')).toBeVisible()
    expect(await findings(page), colorScheme).toEqual([])
  }
  await page.goto('/login?problem=<b>call+0900-123</b>')
  await expect(heading(page)).toBeVisible()
  await expect(problem(page)).toHaveCount(0)
  await expect(page.getByText('0900')).toHaveCount(0)
})

test.describe('with a provider', () => {
  // What a page still asks while its session ends.
  test.use({ expectedErrors: /401 \(Unauthorized\)/ })

  test('somebody logs in, lands where they were, and logs out there too', async ({ page, context }) => {
    await page.goto('/services?last=1h')
    await logInAs(page, 'Alice Example')
    await expect(page).toHaveURL(/\/services\?last=1h$/)
    await account(page, 'Alice Example').click()
    const menu = page.getByRole('dialog', { name: 'Account of Alice Example' })
    await expect(menu).toContainText('Corp')
    expect(await findings(page)).toEqual([])
    const cookie = await sessionOf(context)
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })

    await menu.getByRole('button', { name: 'Log out' }).click()
    // The provider asks whether its own session shall end.
    await page.getByRole('button', { name: 'Yes, log me out' }).click()
    await expect(heading(page)).toBeVisible()
    await page.goto('/services')
    await expect(heading(page)).toBeVisible()
    // Neither there: it asks anew who it is.
    await page.getByRole('link', { name: 'Continue with Corp' }).click()
    await expect(page.getByRole('button', { name: 'Alice Example' })).toBeVisible()
  })

  test('a session that was there before is another afterwards', async ({ page, context }) => {
    await page.goto('/login')
    await logInAs(page, 'Alice Example')
    await expect(account(page, 'Alice Example')).toBeVisible()
    const before = await sessionOf(context)
    await page.goto('/login')
    await expect(heading(page, 'You are logged in')).toBeVisible()
    await page.goto('/login/begin/corp')
    await expect(account(page, 'Alice Example')).toBeVisible()
    const after = await sessionOf(context)
    expect(after?.value).not.toBe(before?.value)
    const stolen = await context.request.get('/api/v1/clusters', {
      headers: { cookie: `${before?.name}=${before?.value}` },
    })
    expect(stolen.status()).toBe(401)
  })

  test('who breaks it off there is told so, and may try again', async ({ page }) => {
    await page.goto('/login?to=/flows')
    await logInAs(page, 'Cancel')
    await expect(problem(page)).toHaveText(/not allowed, or was broken off/)
    await logInAs(page, 'Alice Example')
    await expect(page).toHaveURL(/\/flows$/)
  })

  test('whose groups are not told is told that, and is not let in', async ({ page, context }) => {
    await page.goto('/login')
    await logInAs(page, 'Dave Example')
    await expect(problem(page)).toHaveText(/did not tell your groups/)
    expect(await sessionOf(context)).toBeUndefined()
  })

  test('who has no role is told whom to ask', async ({ page }) => {
    await page.goto('/login')
    await logInAs(page, 'Carol Example')
    await expect(heading(page, 'You have no role here yet')).toBeVisible()
    await page.goto('/login')
    await expect(heading(page, 'You are logged in')).toBeVisible()
    await expect(problem(page)).toHaveText(/no team has given you a role/)
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByRole('button', { name: 'Yes, log me out' }).click()
    await expect(heading(page)).toBeVisible()
  })

  test('who stays is asked about at the provider, by whatever they open, and stays logged in', async ({ page }) => {
    await page.goto('/login')
    await logInAs(page, 'Alice Example')
    await expect(page.getByRole('button', { name: 'Account of Alice Example' })).toBeVisible()
    const provider = `http://127.0.0.1:${process.env.ORIEL_E2E_PROVIDER_PORT ?? 3988}`
    const refreshes = async () => Number(await (await page.request.get(`${provider}/refreshes`)).text())
    // Else the page itself asks all the time.
    await page.goto('about:blank')
    const paths = ['/api/v1/me', '/', '/services', '/api/v1/clusters?last=5m']
    for (const path of paths) {
      // Longer than e2e/oriel.yaml lets a login stand unasked.
      await page.waitForTimeout(5_500)
      const before = await refreshes()
      expect((await page.request.get(path, { maxRedirects: 0 })).status(), path).toBe(200)
      expect(await refreshes(), path).toBeGreaterThan(before)
    }
    expect(await page.request.get('/api/v1/me').then((answer) => answer.json())).toMatchObject({
      name: 'Alice Example',
    })
  })

  test('logins in two tabs do not disturb each other', async ({ page, context }) => {
    const other = await context.newPage()
    await page.goto('/login?to=/services')
    await other.goto('/login?to=/flows')
    await page.getByRole('link', { name: 'Continue with Corp' }).click()
    await other.getByRole('link', { name: 'Continue with Corp' }).click()
    await page.getByRole('button', { name: 'Alice Example' }).click()
    await expect(page).toHaveURL(/\/services$/)
    await other.getByRole('button', { name: 'Alice Example' }).click()
    await expect(other).toHaveURL(/\/flows$/)
  })

  test('an answer counts once, and in the browser that asked', async ({ page, browser }) => {
    await page.goto('/login')
    const seen = page.waitForRequest(/\/login\/callback\/corp\?/)
    await page.route(/\/login\/callback\/corp\?/, (route) => route.abort())
    await page.getByRole('link', { name: 'Continue with Corp' }).click()
    await page.getByRole('button', { name: 'Alice Example' }).click()
    const callback = new URL((await seen).url())
    const path = `${callback.pathname}${callback.search}`

    // Somebody is made to open the answer of another’s login.
    const victim = await another(browser)
    await victim.goto(path)
    await expect(problem(victim)).toHaveText(/begun in another browser, or was used already/)
    expect(await sessionOf(victim.context())).toBeUndefined()
    await victim.context().close()

    // It is spent by that, also for who began it.
    await page.unroute(/\/login\/callback\/corp\?/)
    await page.goto(path)
    await expect(problem(page)).toHaveText(/begun in another browser, or was used already/)
  })

  test('never leads to another site afterwards', async ({ page, baseURL }) => {
    for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', '/%09/evil.example']) {
      await page.goto(`/login/begin/corp?to=${to.startsWith('/%') ? to : encodeURIComponent(to)}`)
      const person = page.getByRole('button', { name: 'Alice Example', exact: true })
      await expect(person.or(page.getByRole('navigation', { name: 'Oriel' }))).toBeVisible()
      if (await person.isVisible()) await person.click()
      await expect(page.getByRole('navigation', { name: 'Oriel' })).toBeVisible()
      expect(new URL(page.url()).origin, to).toBe(new URL(baseURL ?? '').origin)
    }
  })

  test('an unknown one is a problem, not a page of its own', async ({ page }) => {
    await page.goto('/login/begin/nobody')
    await expect(problem(page)).toHaveText(/no such way to log in/)
  })

  test.describe('that ends a session', () => {
    test('the console says so, keeps the place, and goes on after the login', async ({ page }) => {
      await page.goto('/flows?last=15m')
      await logInAs(page, 'Erin Example')
      await expect(account(page, 'Erin Example')).toBeVisible()
      await expect(page.getByText('Follows new flows', { exact: true })).toBeVisible()
      // She logs out at the provider, in the same browser but not here: it tells Oriel by itself.
      const elsewhere = await page.context().newPage()
      await elsewhere.goto(`${provider}/session/end`)
      await elsewhere.getByRole('button', { name: 'Yes, log me out' }).click()
      const strip = page.getByRole('region', { name: 'Session' })
      await expect(strip).toContainText('Your session has ended', { timeout: 75_000 })
      await expect(account(page, 'Erin Example')).toBeVisible()
      // Nothing that is shown follows any more, so nothing says so.
      await expect(page.getByText('Follows nothing: your session has ended')).toBeVisible()
      await expect(page.getByRole('button', { name: 'Follow new data: Not logged in' })).toBeVisible()
      await strip.getByRole('link', { name: 'Log in' }).click()
      await logInAs(page, 'Erin Example')
      await expect(page).toHaveURL(/\/flows\?last=15m$/)
    })
  })
})

const provider = `http://127.0.0.1:${process.env.ORIEL_E2E_PROVIDER_PORT ?? 3988}`

test.describe('a link with a one-time code', () => {
  test.skip(stateDir === null, 'needs the command line: ORIEL_E2E_STATE names the state folder of the app under test')
  let code = ''
  test.beforeEach(async () => {
    code = (await oriel('login-link')).trim().split('#')[1] ?? ''
  })

  test('logs in at once, leaves no trace in the address, and counts once', async ({ page, browser }) => {
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(`/login?to=/sources#${code}`)
    await expect(page).toHaveURL(/\/sources$/)
    await expect(account(page, 'the local administrator')).toBeVisible()
    expect(asked.filter((url) => new URL(url).pathname !== '/login' && url.includes(code))).toEqual([])
    expect(await page.evaluate(() => performance.getEntriesByType('navigation').map(({ name }) => name))).toEqual([
      expect.not.stringContaining(code),
    ])
    // What the page itself writes to the history meanwhile may end the wait for the step back too early.
    await page.goBack()
    await expect(page).not.toHaveURL(/:\d+\/sources$/)
    expect(page.url()).not.toContain(code)

    // Pressed again in this browser it just leads on; elsewhere it is spent.
    await page.goto(`/login?to=/flows#${code}`)
    await expect(page).toHaveURL(/\/flows$/)
    const other = await another(browser)
    await other.goto(`/login#${code}`)
    await expect(problem(other)).toHaveText(/used already, or is older than an hour/)
    await other.context().close()
  })

  test('may be typed instead, without any script', async ({ browser }) => {
    const context = await browser.newContext({ ...nobody, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto('/login?to=/sources')
    await page.getByText('Log in as the local administrator').click()
    await page.getByLabel('One-time password').fill(code)
    await page.getByRole('button', { name: 'Log in' }).click()
    await expect(page).toHaveURL(/\/sources$/)
    await context.close()
  })

  test('is not taken from a form of another site', async ({ request }) => {
    for (const headers of [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
      {},
    ] as Record<string, string>[]) {
      const answer = await request.post('/login/local', { form: { secret: code }, headers, maxRedirects: 0 })
      expect(answer.headers().location, JSON.stringify(headers)).toBe('/login?problem=elsewhere')
      expect(answer.headers()['set-cookie']).toBeUndefined()
    }
  })
})

test('a logout is asked for by this console alone', async ({ request, baseURL }) => {
  const post = (headers: Record<string, string>) => request.post('/logout', { headers, data: {} })
  expect((await post({ origin: 'https://evil.example' })).status()).toBe(403)
  expect((await post({ 'sec-fetch-site': 'cross-site' })).status()).toBe(403)
  const own = await post({ origin: new URL(baseURL ?? '').origin })
  expect(await own.json()).toEqual({ to: '/login' })
  const got = await request.get('/logout')
  expect(got.status()).toBe(405)
  expect(got.headers().allow).toBe('POST, OPTIONS')
  expect(await got.json()).toMatchObject({ code: 'method_not_allowed', requestId: expect.any(String) })
})

test('a logout token that is not of the provider ends nothing', async ({ request }) => {
  for (const form of [{ logout_token: 'gibberish' }, { logout_token: '' }, {}] as Record<string, string>[]) {
    const answer = await request.post('/login/backchannel/corp', { form })
    expect(answer.status()).toBe(400)
  }
  expect((await request.post('/login/backchannel/nobody', { form: { logout_token: 'x' } })).status()).toBe(400)
})
