using System.Security.Cryptography;
using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <inheritdoc cref="ITokenKey"/>
public class TokenKey(ActivationContext context) : ITokenKey, IActivation
{
    private const int Bytes = 64;

    /// <inheritdoc/>
    public Task LoadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task UnloadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<TokenKeyOutcome> GetAsync(GetTokenKey request) => FindAsync().OrUnavailable();

    private async Task<TokenKeyOutcome> FindAsync()
    {
        // Two tries: who loses the race to make it finds it.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (await context.Store.Records.GetAsync(RecordKeys.TokenKey) is { } stored)
                return new(OutcomeStatus.Ok, stored.Data);
            var secret = RandomNumberGenerator.GetBytes(Bytes);
            if (await context.Store.Records.CommitAsync([new RecordWrite(RecordKeys.TokenKey, 0, secret)]) == WriteOutcome.Committed)
                return new(OutcomeStatus.Ok, secret);
        }

        return new(OutcomeStatus.Unavailable);
    }
}
