import type { NamespaceRule } from './team'

/** A rule as people read it: `pay-*`, `east/pay-*`, `team=shop`, `team=shop in east`. */
export function ruleText(rule: NamespaceRule): string {
  if ('name' in rule) return rule.cluster === null ? rule.name : `${rule.cluster}/${rule.name}`
  return rule.cluster === null ? rule.selector : `${rule.selector} in ${rule.cluster}`
}
