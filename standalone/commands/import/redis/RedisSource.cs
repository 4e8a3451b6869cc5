using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Laurel.Standalone.Commands;

/// <summary>
/// The members of a sorted set, through <c>ZSCAN</c>: those that are in it all the while come at least once, and what comes again has the
/// same key, made of the member. So a set in use is read without being stopped or copied, and a batch is asked for at a time.
/// </summary>
internal sealed class RedisSource : IScoreSource
{
    private const int BatchSize = 1000;

    private static readonly Encoding Strict = new UTF8Encoding(false, throwOnInvalidBytes: true);

    private readonly RedisConnection _connection;
    private readonly string _key;
    private readonly Queue<(byte[] Member, byte[] Score)> _batch = new();
    private RedisCursor _batchAt;
    private RedisCursor _next;
    private long _number;

    /// <param name="connection">The source's.</param>
    /// <param name="key">The set.</param>
    /// <param name="count">How many members it has.</param>
    /// <param name="cursor">Where to go on.</param>
    public RedisSource(RedisConnection connection, string key, long count, RedisCursor cursor)
    {
        (_connection, _key, Size) = (connection, key, count);
        (_batchAt, _next, _number) = (cursor, cursor, cursor.Number - 1);
    }

    /// <inheritdoc/>
    public string Description => $"user = member of {_key}, score = its score, timestamp = now";

    /// <summary>Behind a batch, or at its beginning: then what was read of it comes again, and counts once by its key.</summary>
    public string Cursor => (_batch.Count == 0 ? _next with { Number = _number + 1 } : _batchAt).ToString();

    /// <inheritdoc/>
    public long Next => _number + 1;

    /// <inheritdoc/>
    public long Done => Math.Min(_number, Size);

    /// <inheritdoc/>
    public long Size { get; }

    /// <inheritdoc/>
    public long Skipped => 0;

    /// <inheritdoc/>
    public async ValueTask<SourceItem?> ReadAsync(CancellationToken cancellation)
    {
        while (_batch.Count == 0)
        {
            if (_next.IsEnd)
                return null;
            await FillAsync(cancellation);
        }

        var (member, score) = _batch.Dequeue();
        _number++;
        return Read(member, Encoding.UTF8.GetString(score)) with { Key = Convert.ToHexStringLower(SHA256.HashData(member))[..32] };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        return default;
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        var reply = await _connection.AskAsync(
            ["ZSCAN", _key, _next.Scan.ToString(CultureInfo.InvariantCulture), "COUNT", $"{BatchSize}"], cancellation);
        if (reply is not object?[] { Length: 2 } parts || parts[0] is not byte[] cursor || parts[1] is not object?[] members)
            throw new IOException("The Redis server answered ZSCAN with something else.");
        for (var i = 0; i + 1 < members.Length; i += 2)
            _batch.Enqueue(((byte[])members[i]!, (byte[])members[i + 1]!));
        _batchAt = _next with { Number = _number + 1 };
        // One more than the last, so that an empty set has an end too.
        _next = new(ulong.Parse(Encoding.ASCII.GetString(cursor), CultureInfo.InvariantCulture), _number + _batch.Count + 2);
    }

    private SourceItem Read(byte[] member, string score)
    {
        string user;
        try
        {
            user = Strict.GetString(member);
        }
        catch (DecoderFallbackException)
        {
            return SourceItem.Bad(_number, "The member is no text in UTF-8", Convert.ToHexStringLower(member));
        }

        return ScoreFields.Read(user, score, null, null, null, null, out var line) is { } mistake
            ? SourceItem.Bad(_number, mistake, user)
            : SourceItem.Of(_number, line);
    }
}
