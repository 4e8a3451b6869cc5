using System.Text;
using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>A tenant's secret and the signatures that were made with it and used up. All of it is in the store; memory holds nothing.</summary>
internal sealed class TenantSecrets(ActivationContext context)
{
    /// <summary>A used signature is kept this long: twice as long as its timestamp can be good.</summary>
    private const long KeptSeconds = 1200;

    private const int LookedAt = 200;
    private const int UsesBetweenLooks = 100;

    private readonly string _tenant = context.Key;
    private int _uses;

    private IRecordStore Records => context.Store.Records;

    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task<TenantSecretOutcome> GetAsync() => await Records.GetAsync(RecordKeys.TenantSecret(_tenant)) is { } stored
        ? new(OutcomeStatus.Ok, Encoding.UTF8.GetString(stored.Data))
        : new(OutcomeStatus.NotFound);

    public async Task<TenantSecretOutcome> SetAsync(string secret) =>
        await Records.CommitAsync([new(RecordKeys.TenantSecret(_tenant), null, Encoding.UTF8.GetBytes(secret))]) == WriteOutcome.Committed
            ? new(OutcomeStatus.Ok, secret)
            : new(OutcomeStatus.Unavailable);

    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task<Acknowledgement> UseAsync(UseSignature request)
    {
        if (_uses++ % UsesBetweenLooks == 0)
            await ForgetOldAsync();
        var key = RecordKeys.Signature(_tenant, request.Timestamp, request.Signature);
        var request64 = request.RequestId.ToByteArray();
        switch (await Records.CommitAsync([new(key, 0, request64)]))
        {
            case WriteOutcome.Committed:
                return Acknowledgement.Ok;
            case WriteOutcome.Lost:
                var isRepeat = (await Records.GetAsync(key))?.Data.AsSpan().SequenceEqual(request64) == true;
                return isRepeat ? Acknowledgement.Ok : Acknowledgement.Failed(OutcomeStatus.Conflict);
            default:
                return Acknowledgement.Failed(OutcomeStatus.Unavailable);
        }
    }

    private async Task ForgetOldAsync()
    {
        var oldest = RecordKeys.Signature(_tenant, context.Clock.GetUtcNow().ToUnixTimeSeconds() - KeptSeconds, "");
        var page = await Records.ListAsync(RecordKeys.SignaturesOf(_tenant), null, LookedAt);
        RecordWrite[] old = [.. page.TakeWhile(used => string.CompareOrdinal(used.Key, oldest) < 0).Select(used => new RecordWrite(used.Key, null, null))];
        if (old.Length > 0)
            await Records.CommitAsync(old);
    }
}
