using Laurel.GrainInterfaces;
using Microsoft.Extensions.Options;

namespace Laurel.ApiFrontend.Tests;

public sealed class TenantSignaturesTests
{
    private readonly ManualClock _clock = new();
    private readonly FakeTenant _tenant = new();
    private readonly FakeGrains _grains;
    private readonly TenantSignatures _signatures;

    public TenantSignaturesTests()
    {
        _grains = new FakeGrains().With<ITenant>(_ => _tenant);
        _signatures = new TenantSignatures(_grains, _clock, Options.Create(new FrontendOptions()));
    }

    [Fact]
    public async Task What_was_signed_with_a_secret_that_is_no_longer_the_tenants_is_good_for_less_than_a_second()
    {
        var signer = Signer();
        Assert.Equal(KeyVerdict.Of(signer), await _signatures.JudgeAsync(signer));
        _tenant.Secret = "another";
        var other = Signer();

        _clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(KeyVerdict.Unknown, await _signatures.JudgeAsync(signer));
        Assert.Equal(KeyVerdict.Of(other), await _signatures.JudgeAsync(other));

        _tenant.Secret = null;
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(KeyVerdict.Unknown, await _signatures.JudgeAsync(other));
    }

    [Fact]
    public async Task While_its_tenant_fails_a_secret_known_before_stays_good_for_30_seconds()
    {
        var signer = Signer();
        Assert.Equal(KeyVerdict.Of(signer), await _signatures.JudgeAsync(signer));
        _grains.Fail<ITenant>();

        _clock.Advance(TimeSpan.FromMilliseconds(29_999));
        Assert.Equal(KeyVerdict.Of(signer), await _signatures.JudgeAsync(signer));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(KeyVerdict.Undecided, await _signatures.JudgeAsync(signer));

        _grains.Heal<ITenant>();
        Assert.Equal(KeyVerdict.Of(signer), await _signatures.JudgeAsync(signer));
    }

    private Caller Signer() => Caller.OfTenant("acme", System.Text.Encoding.UTF8.GetBytes(_tenant.Secret!));

    private sealed class FakeTenant : ITenant
    {
        public string? Secret { get; set; } = "secret";

        public Task<TenantSecretOutcome> GetSecretAsync(GetTenantSecret request) =>
            Task.FromResult(new TenantSecretOutcome(Secret is null ? OutcomeStatus.NotFound : OutcomeStatus.Ok, Secret));

        public Task<TenantOutcome> CreateAsync(CreateTenant request) => throw new NotSupportedException();

        public Task<TenantOutcome> GetAsync(GetTenant request) => throw new NotSupportedException();

        public Task<TenantOutcome> UpdateAsync(UpdateTenant request) => throw new NotSupportedException();

        public Task<TenantOutcome> DeleteAsync(DeleteTenant request) => throw new NotSupportedException();

        public Task<TenantSecretOutcome> SetSecretAsync(SetTenantSecret request) => throw new NotSupportedException();

        public Task<Acknowledgement> UseSignatureAsync(UseSignature request) => throw new NotSupportedException();
    }
}
