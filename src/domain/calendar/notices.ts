/** Announcements of the arrangements that come with the npm package chinese-days, so that a built-in year has its source too. */
import type { Localized } from '../locale.ts';

/** An announcement of the State Council. */
interface Notice {
  readonly title: Localized;
  /** The day of publication on gov.cn. */
  readonly publishedOn: string;
}

/** Days of publication of the annual notices, as the package's source links them. */
const ANNUAL_NOTICES: Readonly<Record<number, string>> = {
  2007: '2006-12-18',
  2008: '2007-12-18',
  2009: '2008-12-10',
  2010: '2009-12-08',
  2011: '2010-12-10',
  2012: '2011-12-06',
  2013: '2012-12-10',
  2014: '2013-12-11',
  2015: '2014-12-16',
  2016: '2015-12-10',
  2017: '2016-12-01',
  2018: '2017-11-30',
  2019: '2018-12-06',
  2020: '2019-11-21',
  2021: '2020-11-25',
  2022: '2021-10-25',
  2023: '2022-12-08',
  2024: '2023-10-25',
  2025: '2024-11-12',
  2026: '2025-11-04',
};

/** Later notices that changed a year's arrangement, which the package follows too. */
const CHANGES: Readonly<Record<number, Notice>> = {
  2015: {
    title: {
      zh: '国务院关于中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日调休放假的通知',
      ja: '国務院：抗日戦争・世界反ファシズム戦争勝利70周年記念日の休日に関する通知',
      en: 'State Council: notice on the holiday for the 70th anniversary of the victory of 1945',
    },
    publishedOn: '2015-05-13',
  },
  2019: {
    title: {
      zh: '国务院办公厅关于调整2019年劳动节假期安排的通知',
      ja: '国務院弁公庁：2019年のメーデー休暇の調整に関する通知',
      en: 'General Office of the State Council: notice on the adjusted Labour Day holiday of 2019',
    },
    publishedOn: '2019-03-22',
  },
  2020: {
    title: {
      zh: '国务院办公厅关于延长2020年春节假期的通知',
      ja: '国務院弁公庁：2020年の春節休暇の延長に関する通知',
      en: 'General Office of the State Council: notice on the extended Spring Festival holiday of 2020',
    },
    publishedOn: '2020-01-27',
  },
};

const annual = (year: number): Localized => ({
  zh: `国务院办公厅关于${year}年部分节假日安排的通知`,
  ja: `国務院弁公庁：${year}年の祝日の日程に関する通知`,
  en: `General Office of the State Council: notice on the holidays of ${year}`,
});

const joined = (first: Localized, then: Localized): Localized => ({
  zh: `${first.zh}；${then.zh}`,
  ja: `${first.ja}；${then.ja}`,
  en: `${first.en}; ${then.en}`,
});

/**
 * Returns the announcement of a year that comes with the package. Where a later notice changed the year, both titles and
 * the later day. Null for a year that the package lacks, and for years before 2007.
 */
export function builtInNotice(year: number): Notice | null {
  const publishedOn = ANNUAL_NOTICES[year];
  if (publishedOn === undefined) return null;
  const change = CHANGES[year];
  const title = annual(year);
  return change ? { ...change, title: joined(title, change.title) } : { title, publishedOn };
}
