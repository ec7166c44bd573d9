import type { ArrangementFacts } from '../../domain/calendar/arrangement.ts';
import type { IndicatorFacts } from '../../domain/indicators/definition.ts';
import type { ObservationsPublication } from '../../domain/observations/proposal.ts';
import type { ParkControlFacts } from '../../domain/places/control-units.ts';
import type { ParkFacilitiesFacts } from '../../domain/places/facilities.ts';
import type { ParkFacts } from '../../domain/places/park.ts';
import type { UnitPostsFacts } from '../../domain/places/posts.ts';
import type { ZoneFacts } from '../../domain/places/zone.ts';
import type { PolicyPublication } from '../../domain/policies/publishing.ts';
import type { SavedQuestion } from '../../domain/questions/saved-question.ts';
import { openOnUse } from '../dynamodb/connection.ts';
import { keyLoader, type Loader } from '../dynamodb/loader.ts';
import type { Table } from '../dynamodb/table.ts';
import { parkKeys } from '../tables.ts';
import { type Figures, OBSERVATION_RECORDS, openFigures } from './figures.ts';
import {
  type CalendarYearItem,
  calendarYearItem,
  type IndicatorItem,
  indicatorItem,
  type ObservationsProposalItem,
  type ParkControlItem,
  type ParkFacilitiesItem,
  type ParkItem,
  type PolicyItem,
  parkControlItem,
  parkFacilitiesItem,
  parkItem,
  type QuestionItem,
  questionItem,
  type UnitPostsItem,
  unitPostsItem,
  type ZoneItem,
  zoneItem,
} from './items.ts';
import { openParks, openZones, type Parks, postsKey, type Zones } from './places.ts';
import { openPolicies, POLICY_RECORDS, type Policies } from './policies.ts';
import { openQuestions, type Questions } from './questions.ts';
import { openRecords, type Records } from './records.ts';

/** The parks table, opened for one request. */
export interface ParksStore {
  readonly zones: Zones;
  readonly parks: Parks;
  readonly policies: Policies;
  readonly figures: Figures;
  readonly questions: Questions;
  /** Published arrangements by year. */
  readonly calendarYears: Loader<number, CalendarYearItem | null>;
  /** The publications of each kind of record. */
  readonly records: {
    readonly zones: Records<ZoneFacts, ZoneItem>;
    readonly parks: Records<ParkFacts, ParkItem>;
    readonly facilities: Records<ParkFacilitiesFacts, ParkFacilitiesItem>;
    readonly controlUnits: Records<ParkControlFacts, ParkControlItem>;
    readonly posts: Records<UnitPostsFacts, UnitPostsItem>;
    readonly policies: Records<PolicyPublication, PolicyItem>;
    readonly observations: Records<ObservationsPublication, ObservationsProposalItem>;
    readonly indicators: Records<IndicatorFacts, IndicatorItem>;
    readonly calendarYears: Records<ArrangementFacts, CalendarYearItem>;
    readonly questions: Records<SavedQuestion, QuestionItem>;
  };
}

const openParkRecords = openOnUse<Table, ParksStore['records']>({
  zones: (table) => openRecords(table, { keyOf: parkKeys.zone, itemOf: zoneItem }),
  parks: (table) => openRecords(table, { keyOf: parkKeys.park, itemOf: parkItem }),
  facilities: (table) => openRecords(table, { keyOf: parkKeys.facilities, itemOf: parkFacilitiesItem }),
  controlUnits: (table) => openRecords(table, { keyOf: parkKeys.control, itemOf: parkControlItem }),
  posts: (table) => openRecords(table, { keyOf: postsKey, itemOf: unitPostsItem }),
  policies: (table) => openRecords(table, POLICY_RECORDS),
  observations: (table) => openRecords(table, OBSERVATION_RECORDS),
  indicators: (table) => openRecords(table, { keyOf: parkKeys.indicator, itemOf: indicatorItem }),
  calendarYears: (table) => openRecords(table, { keyOf: parkKeys.calendarYear, itemOf: calendarYearItem }),
  questions: (table) => openRecords(table, { keyOf: parkKeys.question, itemOf: questionItem }),
});

export const openParksStore = openOnUse<Table, ParksStore>({
  zones: openZones,
  parks: openParks,
  policies: openPolicies,
  figures: openFigures,
  questions: openQuestions,
  calendarYears: (table) => keyLoader<number, CalendarYearItem>(table, (year) => parkKeys.calendarYear(`${year}`)),
  records: openParkRecords,
});
