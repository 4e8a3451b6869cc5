using System.Diagnostics.Metrics;
using Laurel.ApiFrontend.Live;
using Laurel.GrainInterfaces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Laurel.ApiFrontend.Tests;

public sealed class KeyRingTests
{
    private readonly ManualClock _clock = new();
    private readonly FakeKeys _keys = new();
    private readonly FakeGrains _grains;
    private readonly KeyRing _ring;

    public KeyRingTests()
    {
        _grains = new FakeGrains().With<IApiKey>(_keys.Grain);
        _ring = new KeyRing(
            _grains,
            _clock,
            Options.Create(new FrontendOptions { AdminKeyHash = ApiKeyText.Hash("the operator's key"), KeyCacheSize = 16 }),
            new FrontendMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()));
    }

    [Fact]
    public async Task A_key_says_whose_it_is()
    {
        var text = _keys.Make(KeyKinds.Game, "acme", "board", new RateLimitTerms(7, 8));

        var caller = (await _ring.VerifyAsync(text)).Caller;

        Assert.NotNull(caller);
        Assert.Equal(KeyKinds.Game, caller.Kind);
        Assert.Equal(FakeKeys.IdOf(text), caller.KeyId);
        Assert.Equal("acme", caller.Tenant);
        Assert.Equal(new LeaderboardKey("acme", "board"), caller.Board);
        Assert.Equal(new RateLimitTerms(7, 8), caller.RateLimit);
    }

    [Fact]
    public async Task The_right_id_with_another_secret_is_unknown_before_and_after_the_key_was_used()
    {
        var text = _keys.Make(KeyKinds.Game);
        var forged = text[..^1] + (text[^1] == 'x' ? 'y' : 'x');

        Assert.Equal(KeyVerdict.Unknown, await _ring.VerifyAsync(forged));
        Assert.NotNull((await _ring.VerifyAsync(text)).Caller);
        Assert.Equal(KeyVerdict.Unknown, await _ring.VerifyAsync(forged));
    }

    [Fact]
    public async Task The_right_id_and_secret_under_another_kind_are_unknown()
    {
        var text = _keys.Make(KeyKinds.Game);

        Assert.Equal(KeyVerdict.Unknown, await _ring.VerifyAsync(text.Replace("lrl_game_", "lrl_admin_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_configured_admin_key_is_any_text_and_asks_nobody()
    {
        Assert.Equal(KeyKinds.Admin, (await _ring.VerifyAsync("the operator's key")).Caller?.Kind);
        Assert.Equal(KeyVerdict.Unknown, await _ring.VerifyAsync("the operator's kez"));
        Assert.Equal(KeyVerdict.Unknown, await _ring.VerifyAsync(new string('x', 100_000)));
        Assert.Equal(0, _grains.CallsOf<IApiKey>());
    }

    [Fact]
    public async Task A_key_is_asked_for_once_in_half_a_second()
    {
        var text = _keys.Make(KeyKinds.Game);
        for (var i = 0; i < 10; i++)
        {
            await _ring.VerifyAsync(text);
            _clock.Advance(TimeSpan.FromMilliseconds(49));
        }

        Assert.Equal(1, _grains.CallsOf<IApiKey>());

        _clock.Advance(TimeSpan.FromMilliseconds(10));
        await _ring.VerifyAsync(text);
        Assert.Equal(2, _grains.CallsOf<IApiKey>());
    }

    [Fact]
    public async Task A_revoked_key_stops_working_within_a_second()
    {
        var text = _keys.Make(KeyKinds.Game);
        await _ring.VerifyAsync(text);
        _keys.Revoke(text);

        _clock.Advance(TimeSpan.FromMilliseconds(999));

        Assert.Equal(KeyVerdict.Unknown, await _ring.VerifyAsync(text));
        Assert.Equal(0, _ring.Count);
    }

    [Fact]
    public async Task While_no_key_is_revoked_those_in_use_are_not_asked_for_again_for_half_a_minute()
    {
        UseDirectory();
        var texts = Enumerable.Range(0, 10).Select(_ => _keys.Make(KeyKinds.Game)).ToList();
        await UseAllAsync(texts, TimeSpan.FromSeconds(1));
        var (asked, versions) = (_grains.CallsOf<IApiKey>(), _grains.CallsOf<IDirectory>());

        await UseAllAsync(texts, TimeSpan.FromSeconds(28));

        Assert.Equal(asked, _grains.CallsOf<IApiKey>());
        Assert.InRange(_grains.CallsOf<IDirectory>() - versions, 56, 113);

        await UseAllAsync(texts, TimeSpan.FromSeconds(3));
        Assert.Equal(asked + texts.Count, _grains.CallsOf<IApiKey>());
    }

    [Fact]
    public async Task A_key_that_is_not_asked_for_again_stops_working_within_a_second_of_its_revocation()
    {
        UseDirectory();
        var (revoked, other) = (_keys.Make(KeyKinds.Game), _keys.Make(KeyKinds.Game));
        await UseAllAsync([revoked, other], TimeSpan.FromSeconds(5));

        _keys.Revoke(revoked);
        await UseAllAsync([other], TimeSpan.FromMilliseconds(990));

        Assert.Equal(KeyVerdict.Unknown, await _ring.VerifyAsync(revoked));
        Assert.NotNull((await _ring.VerifyAsync(other)).Caller);
    }

    [Fact]
    public async Task While_nobody_answers_the_version_is_not_asked_for_more_often()
    {
        var text = _keys.Make(KeyKinds.Game);

        for (var i = 0; i < 1000; i++)
        {
            Assert.NotNull((await _ring.VerifyAsync(text)).Caller);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(_grains.CallsOf<IDirectory>(), 1, 4);
    }

    [Fact]
    public async Task The_seconds_of_grace_count_from_when_no_key_was_known_to_be_revoked()
    {
        UseDirectory();
        var text = _keys.Make(KeyKinds.Game);
        await UseAllAsync([text, _keys.Make(KeyKinds.Game)], TimeSpan.FromSeconds(20));
        _grains.Fail<IApiKey>();
        _grains.Fail<IDirectory>();

        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.NotNull((await _ring.VerifyAsync(text)).Caller);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(KeyVerdict.Undecided, await _ring.VerifyAsync(text));
    }

    [Fact]
    public async Task What_was_opened_with_a_key_ends_within_a_second_of_its_revocation_elsewhere()
    {
        // Looks for the key at this pace; every other look has it from memory.
        var pace = TimeSpan.FromMilliseconds(400);
        var text = _keys.Make(KeyKinds.Embed);
        var viewer = new Viewer((await _ring.VerifyAsync(text)).Caller!);
        new LiveKeys(_ring, new TenantSignatures(_grains, _clock, Options.Create(new FrontendOptions())), _clock).Hold(viewer);
        await PassAsync();
        await PassAsync();
        Assert.False(viewer.Ended.IsCompleted);

        _keys.Revoke(text);
        await PassAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(999) - pace);

        Assert.Equal(LiveEnd.KeyRevoked, await viewer.Ended.WaitAsync(TimeSpan.FromSeconds(30)));

        async Task PassAsync()
        {
            _clock.Advance(pace);
            await _clock.TimerAsync(pace);
        }
    }

    [Fact]
    public async Task A_key_revoked_here_stops_working_at_once()
    {
        var text = _keys.Make(KeyKinds.Game);
        await _ring.VerifyAsync(text);
        _keys.Revoke(text);

        _ring.Forget(FakeKeys.IdOf(text));

        Assert.Equal(KeyVerdict.Unknown, await _ring.VerifyAsync(text));
    }

    [Fact]
    public async Task While_its_grain_fails_a_key_verified_before_stays_good_for_30_seconds()
    {
        var text = _keys.Make(KeyKinds.Game);
        await _ring.VerifyAsync(text);
        _grains.Fail<IApiKey>();

        _clock.Advance(TimeSpan.FromMilliseconds(29_999));
        Assert.NotNull((await _ring.VerifyAsync(text)).Caller);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(KeyVerdict.Undecided, await _ring.VerifyAsync(text));

        _grains.Heal<IApiKey>();
        Assert.NotNull((await _ring.VerifyAsync(text)).Caller);
    }

    [Fact]
    public async Task While_its_grain_fails_a_key_never_seen_is_neither_good_nor_bad()
    {
        var text = _keys.Make(KeyKinds.Game);
        _grains.Fail<IApiKey>();

        Assert.Equal(KeyVerdict.Undecided, await _ring.VerifyAsync(text));
    }

    [Fact]
    public async Task Grace_does_not_help_a_forged_secret()
    {
        var text = _keys.Make(KeyKinds.Game);
        await _ring.VerifyAsync(text);
        _grains.Fail<IApiKey>();
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(KeyVerdict.Unknown, await _ring.VerifyAsync(text[..^2] + "!!"));
        Assert.Equal(KeyVerdict.Unknown, await _ring.VerifyAsync(text[..^1] + (text[^1] == 'x' ? 'y' : 'x')));
    }

    [Fact]
    public async Task A_grain_that_hangs_is_waited_for_once_and_no_longer_than_a_moment()
    {
        var text = _keys.Make(KeyKinds.Game);
        await _ring.VerifyAsync(text);
        var hold = new TaskCompletionSource();
        _keys.Hold = hold.Task;
        _clock.Advance(TimeSpan.FromMilliseconds(500));

        var first = _ring.VerifyAsync(text).AsTask();
        await _clock.TimerAsync(TimeSpan.FromSeconds(2));
        Assert.False(first.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.NotNull((await first).Caller);

        var second = _ring.VerifyAsync(text);
        Assert.True(second.IsCompleted);
        Assert.NotNull((await second).Caller);
        Assert.Equal(2, _grains.CallsOf<IApiKey>());
        hold.SetResult();
    }

    [Fact]
    public async Task Many_requests_with_one_key_ask_once()
    {
        var text = _keys.Make(KeyKinds.Game);
        var hold = new TaskCompletionSource();
        _keys.Hold = hold.Task;

        var verdicts = Enumerable.Range(0, 50).Select(_ => _ring.VerifyAsync(text).AsTask()).ToList();
        hold.SetResult();

        Assert.All(await Task.WhenAll(verdicts), static verdict => Assert.NotNull(verdict.Caller));
        Assert.Equal(1, _grains.CallsOf<IApiKey>());
    }

    [Fact]
    public async Task Made_up_keys_take_up_no_room()
    {
        for (var i = 0; i < 100; i++)
            Assert.Equal(KeyVerdict.Unknown, await _ring.VerifyAsync(ApiKeyText.Generate(KeyKinds.Game).Text));

        Assert.Equal(0, _ring.Count);
    }

    [Fact]
    public async Task The_keys_used_last_are_remembered_and_no_more_than_there_is_room_for()
    {
        var favourite = _keys.Make(KeyKinds.Game);
        for (var i = 0; i < 100; i++)
        {
            Assert.NotNull((await _ring.VerifyAsync(favourite)).Caller);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.NotNull((await _ring.VerifyAsync(_keys.Make(KeyKinds.Game))).Caller);
            Assert.InRange(_ring.Count, 1, 16);
        }

        Assert.Equal(101, _grains.CallsOf<IApiKey>());
    }

    private void UseDirectory() => _grains.With<IDirectory>(_ => new FakeDirectory(_keys));

    /// <summary>Uses each of the keys ten times a second, by the clock that is turned.</summary>
    private async Task UseAllAsync(IReadOnlyList<string> texts, TimeSpan duration)
    {
        var step = TimeSpan.FromMilliseconds(100.0 / texts.Count);
        for (var passed = TimeSpan.Zero; passed < duration;)
        {
            foreach (var text in texts)
            {
                Assert.NotNull((await _ring.VerifyAsync(text)).Caller);
                _clock.Advance(step);
                passed += step;
            }
        }
    }

    private sealed class Viewer(Caller caller) : ILiveKeyHolder
    {
        private readonly TaskCompletionSource<LiveEnd> _ended = new();

        public Caller Caller => caller;

        public Task<LiveEnd> Ended => _ended.Task;

        public void End(LiveEnd reason) => _ended.SetResult(reason);
    }
}
