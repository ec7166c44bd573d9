import { signAcs3 } from '../../../../src/notify/news/acs3-signature.ts';

const KEY = { accessKeyId: 'YourAccessKeyId', accessKeySecret: 'YourAccessKeySecret' };

/** The example with fixed parameters of the document that `signAcs3` names. */
test('signs the published example as Alibaba Cloud does', () => {
  const signed = signAcs3(
    {
      host: 'ecs.cn-shanghai.aliyuncs.com',
      action: 'RunInstances',
      version: '2014-05-26',
      query: { RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd' },
      date: '2023-10-26T10:22:32Z',
      nonce: '3156853299f313e23d1673dc12e1703d',
    },
    KEY,
  );
  expect(signed.path).toBe('/?ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai');
  expect(signed.headers.authorization).toBe(
    'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
  );
});

test('signs a form in the body, and its type', () => {
  const form = { SignName: "天津 (1)*'!", PhoneNumbers: '10012345678' };
  const request = { host: 'sms.example', action: 'SendSms', version: '2017-05-25', form, date: 'd', nonce: 'n' };
  const { path, body, headers } = signAcs3(request, KEY);
  expect([path, body]).toEqual(['/', 'PhoneNumbers=10012345678&SignName=%E5%A4%A9%E6%B4%A5%20%281%29%2A%27%21']);
  expect(headers).toMatchObject({
    'content-type': 'application/x-www-form-urlencoded',
    authorization: expect.stringContaining('SignedHeaders=content-type;host;x-acs-action'),
  });
});
