using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Laurel.ApiFrontend;

/// <summary>Refuses settings that cannot work, naming the setting and what would be right.</summary>
internal sealed class FrontendOptionsValidator : IValidateOptions<FrontendOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, FrontendOptions options)
    {
        List<string> mistakes = [];
        if (options.AdminKeyHash is { Length: not SHA256.HashSizeInBytes })
            mistakes.Add($"AdminKeyHash must be the {SHA256.HashSizeInBytes} bytes of a SHA-256 hash.");

        Require(nameof(options.FutureTolerance), options.FutureTolerance, TimeSpan.Zero, TimeSpan.FromDays(1));
        Require(nameof(options.MaxBodyBytes), options.MaxBodyBytes, 1024, 64 * 1024 * 1024);
        Require(nameof(options.BodyDeadline), options.BodyDeadline, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Require(nameof(options.KeyFreshness), options.KeyFreshness, TimeSpan.Zero, TimeSpan.FromMilliseconds(500));
        Require(nameof(options.KeyGrace), options.KeyGrace, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Require(nameof(options.KeyCacheSize), options.KeyCacheSize, 16, 10_000_000);
        Require(nameof(options.RouteFreshness), options.RouteFreshness, TimeSpan.Zero, TimeSpan.FromMilliseconds(500));
        Require(nameof(options.RouteCacheSize), options.RouteCacheSize, 16, 10_000_000);
        Require(nameof(options.LiveInterval), options.LiveInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        Require(nameof(options.LiveLinger), options.LiveLinger, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Require(nameof(options.MaxViewers), options.MaxViewers, 1, 1_000_000);
        Require(nameof(options.MaxSubscriptions), options.MaxSubscriptions, 1, 1_000);
        Require(nameof(options.ViewerDeadline), options.ViewerDeadline, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);

        void Require<T>(string setting, T value, T least, T most)
            where T : IComparable<T>
        {
            if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
                mistakes.Add($"{FrontendOptions.Section}:{setting} is {value}; set it to a value from {least} to {most}.");
        }
    }
}
