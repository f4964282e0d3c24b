import type { AnyStream, AnyView } from '@/server/view'
import { auditView } from './audit'
import { auditEntryView } from './audit-entry'
import { auditExportStream } from './audit-export'
import { clustersView } from './clusters'
import { compareView } from './compare'
import { encryptionView } from './encryption'
import { encryptionEdgeView } from './encryption-edge'
import { encryptionExceptionsView } from './encryption-exceptions'
import { encryptionFigureView } from './encryption-figure'
import { encryptionReadinessView } from './encryption-readiness'
import { encryptionTrendView } from './encryption-trend'
import { findingsView } from './findings'
import { flowView } from './flow'
import { flowDenialsView } from './flow-denials'
import { flowExportStream } from './flow-export'
import { flowFacetsView } from './flow-facets'
import { flowNamesView } from './flow-names'
import { flowsView } from './flows'
import { linkView } from './link'
import { linksView } from './links'
import { heatView } from './heat'
import { mapView } from './map'
import { meView } from './me'
import { membersView } from './members'
import { marksView } from './marks'
import { savedViewsView } from './saved-views'
import { policyChangeView } from './policy-change'
import { policyChangesView } from './policy-changes'
import { policyChangesExportStream } from './policy-changes-export'
import { policyConfirmationView } from './policy-confirmation'
import { policyDraftView } from './policy-draft'
import { policyDraftsView } from './policy-drafts'
import { policyPermissionView } from './policy-permission'
import { podsView } from './pods'
import { policiesView } from './policies'
import { policyDecisionView } from './policy-decision'
import { policyGroundView } from './policy-ground'
import { policyObjectView } from './policy-object'
import { policyLensView } from './policy-lens'
import { operationsView } from './operations'
import { searchView } from './search'
import { seriesView } from './series'
import { serviceView } from './service'
import { serviceChartsView } from './service-charts'
import { servicesView } from './services'
import { sessionsView } from './sessions'
import { setupView } from './setup'
import { sourcesView } from './sources'
import { teamMatchesView } from './team-matches'
import { teamSightView } from './team-sight'
import { teamsView } from './teams'
import { timelineView } from './timeline'
import { tokensView } from './tokens'
import { tracesView } from './traces'
import { valuesView } from './values'
import { whyView } from './why'

/** Every question that the API answers: the table of contents of server/views, for OpenAPI and tests. */
export const views: readonly AnyView[] = [
  auditView,
  auditEntryView,
  clustersView,
  compareView,
  encryptionView,
  encryptionEdgeView,
  encryptionExceptionsView,
  encryptionFigureView,
  encryptionReadinessView,
  encryptionTrendView,
  flowDenialsView,
  flowFacetsView,
  flowNamesView,
  findingsView,
  flowView,
  flowsView,
  linkView,
  linksView,
  heatView,
  mapView,
  marksView,
  savedViewsView,
  podsView,
  policiesView,
  policyDecisionView,
  policyGroundView,
  policyObjectView,
  policyChangeView,
  policyChangesView,
  policyConfirmationView,
  policyDraftView,
  policyDraftsView,
  policyPermissionView,
  policyLensView,
  operationsView,
  searchView,
  seriesView,
  serviceView,
  servicesView,
  serviceChartsView,
  setupView,
  sourcesView,
  timelineView,
  tracesView,
  valuesView,
  whyView,
  meView,
  teamsView,
  teamMatchesView,
  teamSightView,
  membersView,
  sessionsView,
  tokensView,
]

/** Every answer that is written while it is read. */
export const streams: readonly AnyStream[] = [auditExportStream, flowExportStream, policyChangesExportStream]
