import { expect, test } from './app'

test('Hubble runs, with rate, lag and what it tells of itself', async ({ page }) => {
  await page.goto('/sources')
  const hubble = page.getByRole('region', { name: 'Cilium Hubble' }).filter({ hasText: 'Running' }).first()
  await expect(hubble).toBeVisible()
  await expect(hubble.getByText(/^127\.0\.0\.1:\d+$/)).toBeVisible()
  const facts = await hubble.getByRole('term').allTextContents()
  expect(facts).toEqual(
    expect.arrayContaining([
      'Rate',
      'Lag',
      'Newest event',
      'Records read',
      'Unreadable',
      'Lost, last 24 h',
      'version',
      'nodes connected',
    ]),
  )
  const fact = (name: string) => hubble.getByRole('definition').nth(facts.indexOf(name))
  await expect(fact('Unreadable')).toHaveText('0')
  await expect(fact('nodes connected')).toHaveText('6')
  await expect(fact('Rate')).toHaveText(/^[\d.]+\/s$/, { timeout: 90_000 })
  await expect(hubble.getByRole('img', { name: /to now: (no gaps|\d+ gaps?)$/ })).toBeVisible()
  const read = await fact('Records read').innerText()
  await expect.poll(() => fact('Records read').innerText(), { timeout: 60_000 }).not.toBe(read)
})

test('an account that may read nothing is told why without a wall of words', async ({ page }) => {
  await page.route('**/api/v1/sources*', async (route) => {
    const response = await route.fetch()
    const answer: { inventory: Record<string, unknown>[] } = await response.json()
    const inventory = answer.inventory.map((kind) => ({
      ...kind,
      state: 'failed',
      message: `Reading ${String(kind.kind)} is not allowed.`,
    }))
    await route.fulfill({ response, json: { ...answer, inventory } })
  })
  await page.goto('/sources')
  const kubernetes = page.getByRole('region', { name: 'Kubernetes of prod-eu-1' })
  await expect(kubernetes.getByText(/is not allowed\.$/).filter({ visible: true })).toHaveCount(3)
  await kubernetes.getByText(/^\d+ more$/).click()
  await expect(
    kubernetes
      .getByText(/is not allowed\.$/)
      .filter({ visible: true })
      .nth(9),
  ).toBeVisible()
  // The page asks again and again; what is under way must not outlive the test.
  await page.unrouteAll({ behavior: 'ignoreErrors' })
})

test('every Kubernetes kind is read', async ({ page }) => {
  await page.goto('/sources')
  const kubernetes = page.getByRole('region', { name: 'Kubernetes of prod-eu-1' })
  for (const [kind, objects] of [
    ['Namespace', '\\d+'],
    ['Node', '6'],
    ['Pod', '\\d\\d+'],
    ['Deployment', '\\d\\d'],
    ['ReplicaSet', '\\d\\d'],
    ['StatefulSet', '\\d'],
    ['DaemonSet', '4'],
    ['Job', '\\d+'],
    ['CronJob', '1'],
    ['Service', '\\d\\d'],
    ['EndpointSlice', '\\d\\d'],
    ['NetworkPolicy', '\\d+'],
  ])
    await expect(
      kubernetes.getByRole('listitem').filter({ hasText: new RegExp(`^running${kind}${objects}$`) }),
    ).toBeVisible()
})

test('says how to connect another source, to copy', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/sources')
  await expect(page.getByRole('heading', { name: 'Connect another' })).toBeVisible()
  for (const [kind, command] of [
    ['Cilium Hubble', 'npm start -- --kubeconfig ~/.kube/config --hubble localhost:4245'],
    ['Calico Goldmane', 'serverName: goldmane.calico-system.svc'],
    ['Prometheus', 'X-Scope-OrgID: team-a'],
    ['Envoy access logs', 'kind: Telemetry'],
    ['OpenTelemetry traces', '--otlp localhost:4317 localhost:4318'],
    ['A recorded capture', 'hubble observe -o jsonpb --since 1h | oriel import hubble -'],
  ] as const) {
    await expect(page.getByText(command)).toBeHidden()
    await page.getByRole('heading', { name: kind, exact: true, level: 3 }).last().click()
    await expect(page.getByText(command)).toBeVisible()
  }
  await page.getByRole('button', { name: 'Copy' }).filter({ visible: true }).last().click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('oriel import hubble flows.jsonl.gz')
})
