import { idleFinding } from './idle-words'
import type { Found, LintRule } from './finding'
import { idleRules } from './idle-rules'

const finder =
  (how: 'unreachable' | 'shadowed' | 'redundant') =>
  (context: Parameters<LintRule['find']>[0]): readonly Found[] =>
    idleRules(context)
      .filter((idle) => idle.how === how)
      .map(idleFinding)

export const unreachable: LintRule = {
  name: 'unreachable',
  about: 'No connection gets as far as the rule: an earlier tier or a rule about everything decides before.',
  find: finder('unreachable'),
}

export const shadowed: LintRule = {
  name: 'shadowed',
  about: 'Earlier rules decide everything that the rule matches, and not as it would.',
  find: finder('shadowed'),
}

export const redundant: LintRule = {
  name: 'redundant',
  about:
    'Without the rule, or the whole policy, every connection of the workloads there now would be decided the same.',
  find: finder('redundant'),
}
