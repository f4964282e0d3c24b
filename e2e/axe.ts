import { AxeBuilder } from '@axe-core/playwright'
import { type Page, test } from '@playwright/test'

/** What the theme can change; all the rest is the same elements. */
const ofColour = ['color-contrast', 'link-in-text-block']

/**
 * What axe finds wrong on the page as it is, in both themes, as short as one can act on; `within` a selector where all
 * around it was looked at already. Leaves the page in the dark one.
 */
export async function findings(page: Page, within = 'html'): Promise<readonly string[]> {
  // Each looks at hundreds of elements, which takes a minute where the machine is busy.
  test.setTimeout(300_000)
  await wear(page, 'light')
  const light = await found(axeOf(page, within).withRules(ofColour))
  await wear(page, 'dark')
  const dark = await found(axeOf(page, within))
  return [...light.map((text) => `light: ${text}`), ...dark.map((text) => `dark: ${text}`)]
}

/** What is well is not described, which would take longer than to look. */
const axeOf = (page: Page, within: string) =>
  new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).include(within)

/** Puts on a theme and waits until no colour is on its way any more. */
async function wear(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    const running = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    await Promise.allSettled(running.map((animation) => animation.finished))
  })
}

async function found(axe: AxeBuilder): Promise<readonly string[]> {
  const { violations } = await axe.analyze()
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}`))
}
