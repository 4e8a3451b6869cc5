using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Laurel.Bench.Macro;

namespace Laurel.Bench.Micro;

/// <summary>
/// A sorted set in a redis-server of its own, which keeps nothing on disk. The loops to be timed are Lua scripts inside Redis, so that no
/// network is in them.
/// </summary>
internal sealed class RedisContestant : IAsyncDisposable
{
    /// <summary>Redis is busy meanwhile; this many take less than a second.</summary>
    private const int Together = 50_000;

    private readonly ChildProcess _process;
    private readonly RespConnection _connection;
    private readonly int _entries;
    private readonly string _score;
    private int _seed;

    private RedisContestant(ChildProcess process, RespConnection connection, int entries, ScoreKind kind)
    {
        (_process, _connection, _entries) = (process, connection, entries);
        _score = kind switch
        {
            ScoreKind.Random => "math.random() * 1000000",
            ScoreKind.Whole => "math.random(0, 99999)",
            _ => "math.random(1, 10)",
        };
    }

    /// <summary>Bytes an entry, as Redis counts its memory.</summary>
    public double BytesPerEntry { get; private set; }

    /// <summary>Starts the program at this path and fills the set.</summary>
    public static async Task<RedisContestant> StartAsync(string program, int entries, ScoreKind kind, TimeProvider clock)
    {
        var port = Programs.FreePort();
        var process = ChildProcess.Start(new ProcessStartInfo(program, ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]));
        RespConnection? connection = null;
        await Waiting.UntilAsync("redis-server to answer", TryConnectAsync, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(30), clock, default);
        var redis = new RedisContestant(process, connection!, entries, kind);
        redis.Load();
        return redis;

        Task<bool> TryConnectAsync()
        {
            process.ThrowIfExited();
            try
            {
                connection = new RespConnection(port);
                return Task.FromResult(true);
            }
            catch (SocketException)
            {
                return Task.FromResult(false);
            }
        }
    }

    /// <summary>The same as <see cref="BoardContestant.Upsert"/>: ZADD and ZREVRANK of random members.</summary>
    /// <returns>Time of Redis' main thread for it.</returns>
    public TimeSpan Upsert(int count) =>
        Time(count, $"redis.call('ZADD', KEYS[1], {_score}, member) redis.call('ZREVRANK', KEYS[1], member)");

    /// <summary>The same loop with the choice of member and score, and nothing done with them.</summary>
    public TimeSpan Idle(int count) => Time(count, $"local score = {_score}");

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _process.DisposeAsync();
    }

    private void Load()
    {
        var before = Info("memory", "used_memory");
        for (var first = 0; first < _entries; first += Together)
        {
            var last = Math.Min(first + Together, _entries) - 1;
            Run($"for i = {first}, {last} do redis.call('ZADD', KEYS[1], {_score}, string.format('player-%09d', i)) end");
        }

        BytesPerEntry = (Info("memory", "used_memory") - before) / _entries;
    }

    private TimeSpan Time(int count, string body)
    {
        var before = CpuSeconds();
        for (; count > 0; count -= Together)
        {
            Run($"for i = 1, {Math.Min(count, Together)} do "
                + $"local member = string.format('player-%09d', math.random(0, {_entries - 1})) {body} end");
        }

        return TimeSpan.FromSeconds(CpuSeconds() - before);
    }

    private void Run(string script) => _connection.Send("EVAL", $"math.randomseed({++_seed}) {script}", "1", "board");

    private double CpuSeconds() => Info("cpu", "used_cpu_user_main_thread") + Info("cpu", "used_cpu_sys_main_thread");

    private double Info(string section, string name)
    {
        var line = _connection.Send("INFO", section).Split("\r\n").First(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return double.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture);
    }

    /// <summary>One command at a time; replies are a line or a text.</summary>
    private sealed class RespConnection(int port) : IDisposable
    {
        private readonly TcpClient _client = new("127.0.0.1", port) { NoDelay = true };

        public string Send(params string[] command)
        {
            var text = string.Concat(command.Select(static part => $"${Encoding.UTF8.GetByteCount(part)}\r\n{part}\r\n"));
            var stream = _client.GetStream();
            stream.Write(Encoding.UTF8.GetBytes($"*{command.Length}\r\n{text}"));
            var line = ReadLine(stream);
            switch (line[0])
            {
                case '-':
                    throw new InvalidOperationException($"Redis refused: {line}");
                case '$' when line != "$-1":
                    var body = new byte[int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture) + 2];
                    stream.ReadExactly(body);
                    return Encoding.UTF8.GetString(body);
                default:
                    return line;
            }
        }

        public void Dispose() => _client.Dispose();

        private static string ReadLine(NetworkStream stream)
        {
            var line = new StringBuilder();
            for (var next = stream.ReadByte(); next != '\n'; next = stream.ReadByte())
            {
                if (next < 0)
                    throw new IOException("Redis closed the connection.");
                line.Append((char)next);
            }

            return line.ToString().TrimEnd('\r');
        }
    }
}
