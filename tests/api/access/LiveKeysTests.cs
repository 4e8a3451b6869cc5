using Laurel.ApiFrontend.Live;
using Laurel.GrainInterfaces;
using Laurel.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Laurel.ApiFrontend.Tests;

/// <summary>What becomes of who watches when the key is no longer known to be good.</summary>
public sealed class LiveKeysTests
{
    [Fact]
    public async Task A_revoked_key_ends_its_viewers_as_revoked()
    {
        await using var host = await FrontendHost.StartAsync();
        var (key, viewer) = await WatchAsync(host);
        host.Keys.Revoke(key);

        Assert.Equal(LiveEnd.KeyRevoked, await EndOfAsync(viewer, host.Clock));
    }

    [Fact]
    public async Task While_nobody_can_say_viewers_stay_for_the_grace_and_may_come_back_after_it()
    {
        await using var host = await FrontendHost.StartAsync();
        var (_, viewer) = await WatchAsync(host);
        var since = host.Clock.GetTimestamp();

        host.Grains.Fail<IApiKey>();
        host.Grains.Fail<IDirectory>();

        Assert.Equal(LiveEnd.Unavailable, await EndOfAsync(viewer, host.Clock));
        Assert.True(host.Clock.GetElapsedTime(since) >= TimeSpan.FromSeconds(30));
    }

    private static async Task<(string Key, Viewer Viewer)> WatchAsync(FrontendHost host)
    {
        var key = host.Keys.Make(KeyKinds.Embed, board: "board");
        var verdict = await host.Services.GetRequiredService<KeyRing>().VerifyAsync(key);
        Viewer viewer = new(verdict.Caller!);
        host.Services.GetRequiredService<LiveKeys>().Hold(viewer);
        return (key, viewer);
    }

    /// <summary>Lets time pass until the viewer is ended.</summary>
    private static async Task<LiveEnd> EndOfAsync(Viewer viewer, ManualClock clock)
    {
        await Eventually.TrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(viewer.Ended.IsCompleted);
            },
            "the viewer is ended");
        return await viewer.Ended;
    }

    private sealed class Viewer(Caller caller) : ILiveKeyHolder
    {
        private readonly TaskCompletionSource<LiveEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Caller Caller => caller;

        public Task<LiveEnd> Ended => _ended.Task;

        public void End(LiveEnd reason) => _ended.TrySetResult(reason);
    }
}
