import { dayInShanghai } from '../../domain/day.ts';
import { EMPTY_TALLY } from '../../domain/resumption.ts';
import { residencyLevelOn } from '../../storage/enterprises/figures.ts';
import { dayRange } from '../../subgraph/day-range.ts';
import { enterprisesOfPark } from './enterprises-of-park.ts';
import type { ParkResolvers } from './generated/types.ts';

export const Park: ParkResolvers = {
  enterprises: ({ id }, { sector, size, ...page }, { store }) =>
    enterprisesOfPark(store, { parkId: id, sector, size }, 'Park.enterprises', page),
  enterpriseCount: async ({ id }, { on }, { store, request }) => {
    const figures = await store.parkFigures.ofPark.load(id);
    return figures && residencyLevelOn(figures, on ?? dayInShanghai(request.now)).residents;
  },
  resumption: async ({ id }, given, { store }) => {
    const { ofPark, ofDay } = store.parkFigures;
    const [figures, tally] = await Promise.all([
      ofPark.load(id),
      given.on == null ? null : ofDay.load({ parkId: id, on: given.on }),
    ]);
    const on = given.on ?? figures?.lastReportedOn;
    if (!figures || on === undefined) return null;
    const ofThatDay = tally ?? (given.on == null ? await ofDay.load({ parkId: id, on }) : null);
    return { on, tally: ofThatDay ?? EMPTY_TALLY, level: residencyLevelOn(figures, on) };
  },
  resumptionSeries: async ({ id }, given, { store }) => {
    const { from, to } = dayRange(given);
    const [figures, days] = await Promise.all([
      store.parkFigures.ofPark.load(id),
      store.parkFigures.ofDays(id, from, to),
    ]);
    return figures && days.map((tally) => ({ on: tally.on, tally, level: residencyLevelOn(figures, tally.on) }));
  },
  projects: ({ id }, { stage, ...page }, { store }) => store.projects.listOfPark(id, stage ?? null, page),
};
